import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.ts';

const manifestShape = z.object({ version: z.string() });

/** The version of Postern in its package.json. Throws the errors of `node:fs` and ZodError. */
export function posternVersion(): string {
  return manifestShape.parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))).version;
}
