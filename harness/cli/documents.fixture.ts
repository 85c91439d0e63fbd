import { execFileSync } from 'node:child_process';
import { ROOT } from '../root.ts';

/** The files that git tracks or would add, by their paths below the root. Throws where the tree is no git checkout. */
export function trackedFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 24 })
    .split('\n')
    .filter(Boolean);
}

/** The text from a heading, given with its signs, to the next one of any level; empty where there is no such heading. */
export function sectionUnder(markdown: string, heading: string): string {
  const [, after = ''] = `\n${markdown}`.split(`\n${heading}\n`);
  return after.split(/\n#+ /)[0] ?? '';
}

/** The rows of the first table under a heading, each as its cells; the head of the table is no row. */
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

/** What stands in code spans, one entry a span. */
export function wordsIn(markdown: string): string[] {
  return [...markdown.matchAll(/`([^`\n]+)`/g)].flatMap(([, word]) => (word === undefined ? [] : [word]));
}

/** A document without its fenced blocks. */
export function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** The anchors of a document: those that GitHub makes of its headings. */
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
