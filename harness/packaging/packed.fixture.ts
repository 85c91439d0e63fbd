import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { trackedFiles } from '../repository/documents.fixture.ts';
import { ROOT } from '../root.ts';

const packSchema = z.tuple([z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })]);

/** The tarball that `npm pack` made, and what is in it. `remove` deletes it. */
export type Packed = { tarball: string; files: string[]; remove(): void };

/** Runs `npm pack` in a copy of this tree, because tests at the same time would build into one folder. */
export function packed(): Packed {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-pack-'));
  const tree = path.join(folder, 'tree');
  for (const file of trackedFiles()) cpSync(path.join(ROOT, file), path.join(tree, file));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
  const said = execFileSync('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder], {
    cwd: tree,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [{ filename, files }] = packSchema.parse(JSON.parse(said.slice(said.indexOf('['))));
  return {
    tarball: path.join(folder, filename),
    files: files.map((file) => file.path).sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
