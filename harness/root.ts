import { fileURLToPath } from 'node:url';

/** The folder that holds `scenarios/` and package.json: the tree that this file lies in. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));
