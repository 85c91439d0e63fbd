import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { IS_CHECKOUT, ROOT } from './root.ts';

const manifestShape = z.object({ version: z.string() });

/** The file of the package, below its root, that has the commit which it was built from. */
export const COMMIT_FILE = path.join('dist', 'commit.txt');

/** The version of Postern in its package.json. Throws the errors of `node:fs` and ZodError. */
export function posternVersion(): string {
  return manifestShape.parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))).version;
}

/**
 * The commit of Postern, so that a report can be repeated: that of the git checkout, or the one that the package was built from. Null if there is
 * neither.
 */
export function posternCommit(): string | null {
  try {
    const text = IS_CHECKOUT ? headCommit() : readFileSync(path.join(ROOT, COMMIT_FILE), 'utf8');
    return text.trim();
  } catch {
    return null;
  }
}

function headCommit(): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
