import { RELEASE_SCHEMA_VERSION, type ReleaseVerdict, releaseVerdictSchema } from '../../results/release-verdict.ts';
import { renderLines } from '../json/json.ts';
import { readerSchema } from '../json/reader-schema.ts';

/** The committed JSON Schema of the current version of release.json, as a path below the root. Those of older versions stay beside it. */
export const RELEASE_SCHEMA_FILE = `docs/release-${RELEASE_SCHEMA_VERSION}.schema.json`;

/** release.json: the whole verdict, for a program. */
export function renderReleaseJson(verdict: ReleaseVerdict): string {
  return renderLines(verdict);
}

/** The JSON Schema of release.json for its readers. */
export function releaseJsonSchema(): object {
  return readerSchema(releaseVerdictSchema, {
    title: 'Postern release verdict',
    description: 'Whether a candidate can be released, and why.',
  });
}
