import { execFileSync } from 'node:child_process';
import { ROOT } from '../root.ts';

/** Paths below the root of the files that git tracks or would add. Throws Error if the tree is not a git checkout. */
export function trackedFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 24 })
    .split('\n')
    .filter(Boolean);
}

/** The text between a heading, given with its `#` signs, and the next heading of any level; empty without such a heading. */
export function sectionUnder(markdown: string, heading: string): string {
  const [, after = ''] = `\n${markdown}`.split(`\n${heading}\n`);
  return after.split(/\n#+ /)[0] ?? '';
}

/** The rows of the first table under a heading, each as a list of cells, without the header row. */
export function tableUnder(markdown: string, heading: string): string[][] {
  const rows = sectionUnder(markdown, heading)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The first cell of each row of the table under a heading. */
export function columnUnder(markdown: string, heading: string): string[] {
  return tableUnder(markdown, heading).map(([first]) => first ?? '');
}

/** The contents of all code spans, in order. */
export function wordsIn(markdown: string): string[] {
  return [...markdown.matchAll(/`([^`\n]+)`/g)].flatMap(([, word]) => (word === undefined ? [] : [word]));
}

/** The document without its fenced code blocks. */
export function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** The anchors that GitHub makes from the headings of a document. */
export function anchorsOf(markdown: string): Set<string> {
  const headings = [...withoutBlocks(markdown).matchAll(/^#+ (.+)$/gm)].map(([, text]) => text ?? '');
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
