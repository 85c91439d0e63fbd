import { createHash } from 'node:crypto';
import path from 'node:path';
import { EnvironmentError } from '../exit.ts';
import { releaseHtml } from '../report/html/html-release.ts';
import { renderBetaBlocker } from '../report/release/beta-blocker.ts';
import { renderInToto } from '../report/release/in-toto.ts';
import { renderReleaseJson } from '../report/release/release-json.ts';
import { renderRelease } from '../report/release/release-markdown.ts';
import { describeFileError } from '../results/file-errors.ts';
import { writeWhole } from '../results/folder.ts';
import type { ReleaseVerdict } from '../results/release-verdict.ts';

/**
 * Writes a verdict into a folder: release.html, release.md, release.json, release.intoto.json, and beta-blocker.md if a beta is held. An issue is
 * public, so that file is made of `published`, the public form. Gives the paths; throws EnvironmentError if one cannot be written.
 */
export function writeRelease(folder: string, verdict: ReleaseVerdict, published: ReleaseVerdict): string[] {
  const json = renderReleaseJson(verdict);
  const blocker = renderBetaBlocker(published);
  const files: [name: string, text: string][] = [
    ['release.html', releaseHtml(verdict)],
    ['release.md', renderRelease(verdict)],
    ['release.json', json],
    ['release.intoto.json', renderInToto(verdict, createHash('sha256').update(json).digest('hex'))],
    ...(blocker === null ? [] : ([['beta-blocker.md', blocker]] satisfies [string, string][])),
  ];
  return files.map(([name, text]) => {
    const file = path.join(folder, name);
    try {
      writeWhole(file, text);
      return file;
    } catch (error) {
      const { words, next } = describeFileError(error);
      throw new EnvironmentError(`${file} could not be written: ${words}.`, next, { cause: error });
    }
  });
}
