import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../exit.ts';
import { describeFileError } from './file-errors.ts';

/** The name of the link to the newest report folder. */
const LATEST = 'latest';

/**
 * Creates the report folder of a run below `root` and writes a test file there. Call this before any gateway boots, so that no run starts
 * whose results cannot be stored. Gives the folder's path.
 * Throws UsageError with the folder, the reason and what to do.
 */
export function openReportFolder(root: string, runId: string): string {
  const folder = join(root, runId);
  const probe = join(folder, '.probe');
  try {
    makeFolder(resolve(folder));
    writeFileSync(probe, 'Postern writes its report here.\n');
    rmSync(probe);
    return folder;
  } catch (error) {
    const { words, next } = describeFileError(error);
    throw new UsageError(`The report folder ${folder} cannot be written: ${words}.`, next, { cause: error });
  }
}

/** Creates a folder and its parents. Node's recursive mkdir never returns if an existing parent, such as /proc, accepts no new folders. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!existsSync(path)) throw error; // another run may have created it meanwhile
  }
}

/** Writes a file atomically: a crash leaves the old file as it was. Throws the errors of `node:fs`. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, content);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Writes a file that only the user of this process may read, as `writeWhole`. */
export function writePrivate(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}

/**
 * Points the link `latest`, in the parent of the run's folder, at that folder, atomically. Gives the link's path; throws the errors of
 * `node:fs`.
 */
export function pointLatestAt(folder: string): string {
  const link = join(dirname(folder), LATEST);
  const unfinished = `${link}.${process.pid}.tmp`;
  rmSync(unfinished, { force: true });
  symlinkSync(basename(folder), unfinished);
  try {
    renameSync(unfinished, link);
    return link;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
