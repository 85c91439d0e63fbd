import { inRange } from '../scenario/range.ts';
import { INSTALLED } from './image.ts';

/** The first release known to copy its Control UI into each home is 2026.9.6; 2026.7.1 serves it from where it is installed. */
const COPIES_ITS_PANEL = '>2026.7.1';

/** The Control UI that a release ships. */
const PANEL = `${INSTALLED}/dist/control-ui`;

/**
 * What a stage to which no page comes tells a gateway of the given version about its Control UI, as config.
 * Left to itself, 2026.9.6 copies it into each fresh home once it is up: 1,558 files, 56 MB and 4 to 5 of the 21 s of processor time
 * that such a boot takes (six boots each way). Told where the very same files are, it serves them from there. It then also takes a page of
 * any build, which it refuses otherwise (2026.8.1 and later), so that a stage to which pages come goes without this.
 */
export function controlUiConfig(version: string): Record<string, unknown> {
  return inRange(version, COPIES_ITS_PANEL) ? { gateway: { controlUi: { root: PANEL } } } : {};
}
