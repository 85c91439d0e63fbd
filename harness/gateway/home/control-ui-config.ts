import { inRange } from '../../scenario/releases/range.ts';
import { INSTALLED } from '../image/image.ts';

/** The first release known to copy its Control UI into each home is 2026.9.6; 2026.7.1 serves it from its own package. */
const COPIES_ITS_PANEL = '>2026.7.1';

/** The folder of the Control UI in an installed release. */
const PANEL = `${INSTALLED}/dist/control-ui`;

/**
 * The config about the Control UI for a gateway of this version, on a stage without pages. By default, 2026.9.6 copies the Control UI into
 * each fresh home once it is up: 1,558 files, 56 MB and 4 to 5 of the 21 s of processor time of such a boot (measured with six boots each
 * way). With this config it serves the same files from its own package. It then also accepts pages of any build, which it otherwise
 * refuses (2026.8.1 and later), so a stage with pages must not use this config.
 */
export function controlUiConfig(version: string): Record<string, unknown> {
  return inRange(version, COPIES_ITS_PANEL) ? { gateway: { controlUi: { root: PANEL } } } : {};
}
