import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { npm } from './npm.ts';

const PACK_TIMEOUT_S = 180;

const manifestSchema = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/**
 * Packs a built openclaw checkout as npm would publish it, without running any of its scripts, and gives the path of the
 * tarball. It is removed when this process ends. Throws UsageError where the folder is no built checkout of openclaw.
 */
export async function packCheckout(folder: string): Promise<string> {
  const manifestPath = join(folder, 'package.json');
  const text = await readFile(manifestPath, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new UsageError(`${folder} holds no package.json.`, 'Name the root of an openclaw checkout.');
  }
  let manifest: z.infer<typeof manifestSchema>;
  try {
    manifest = manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UsageError(
      `${manifestPath} cannot be read as a package.json.`,
      'Name the root of an openclaw checkout.',
      {
        cause: error,
      },
    );
  }
  if (manifest.name !== 'openclaw') {
    throw new UsageError(
      `${folder} is the package ${manifest.name}, not openclaw.`,
      'Name the root of an openclaw checkout.',
    );
  }
  if (!(await exists(join(folder, 'dist/index.js')))) {
    throw new UsageError(
      `${folder} is not built: there is no dist/index.js.`,
      'Build it as its README says (`pnpm install && pnpm build`), then try again.',
    );
  }
  const workspace = Object.entries(manifest.dependencies ?? {}).filter(([, spec]) => spec.startsWith('workspace:'));
  if (workspace.length > 0) {
    throw new UsageError(
      `${folder} depends on packages of its own workspace (${workspace.map(([name]) => name).join(', ')}), which npm cannot pack.`,
      'Run `pnpm pack` there and give the tarball it writes.',
    );
  }

  const target = await mkdtemp(join(tmpdir(), 'postern-pack-'));
  process.once('exit', () => rmSync(target, { recursive: true, force: true }));
  const packed = await npm(['pack', '--ignore-scripts', '--pack-destination', target], PACK_TIMEOUT_S, folder);
  if (!packed.ok) {
    throw new UsageError(
      `npm could not pack ${folder}: ${packed.reason}.`,
      'Run `npm pack --ignore-scripts` there to see why.',
    );
  }
  const file = (await readdir(target)).find((name) => name.endsWith('.tgz'));
  if (file === undefined) throw new Error(`npm pack reported success and left no tarball in ${target}`);
  return join(target, file);
}
