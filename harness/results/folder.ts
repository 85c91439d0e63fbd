import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../exit.ts';
import { describeFileError } from './file-errors.ts';

/** The name under which the newest run is found. */
const LATEST = 'latest';

/**
 * Makes the folder of one run below `root` and proves that files can be written there, before anything is booted:
 * a run whose result cannot be kept is not worth starting. Gives the folder's path.
 * Throws UsageError that names the folder, what stands in the way and what to do.
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

/** Node's own recursive mkdir never returns where a parent exists and takes no folders, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!existsSync(path)) throw error; // another run may have made it first
  }
}

/** Writes a file as a whole or not at all: a crash halfway leaves the one that was there. Throws what `node:fs` throws. */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Points `latest`, beside the run's folder, at it, in one step. Gives the link's path; throws what `node:fs` throws. */
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
