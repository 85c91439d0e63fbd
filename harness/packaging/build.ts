import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.ts';
import { COMMIT_FILE, posternCommit } from '../version.ts';

/** `npm pack` runs this file: builds dist/ from the commands and what they import, and keeps the commit, which a package has no git to ask for. */
rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: ROOT, stdio: 'inherit' });
const commit = posternCommit();
if (commit !== null) writeFileSync(path.join(ROOT, COMMIT_FILE), `${commit}\n`);
