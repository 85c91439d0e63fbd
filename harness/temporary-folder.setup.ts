import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Makes a folder, names it as that for temporary files to all processes that the tests start later, and gives what removes it with everything
 * that the tests wrote. Vitest calls it once for each project.
 */
export default function setUpTemporaryFolder(): () => void {
  const before = tmpdir();
  const folder = mkdtempSync(path.join(before, 'postern-tests-'));
  process.env.TMPDIR = folder;
  return () => {
    process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  };
}
