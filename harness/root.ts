import { fileURLToPath } from 'node:url';

/** The root folder of Postern, which has `scenarios/` and package.json. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));
