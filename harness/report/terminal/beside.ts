import { harmless } from './terminal-text.ts';

const BETWEEN = ' │ ';

/**
 * Blocks of lines beside each other, within `columns` characters: a line that is too long for its column goes on below itself, as far indented
 * as it began. One block alone stays as it is. Makes each line harmless first, so that no character of a gateway changes the layout.
 */
export function beside(blocks: readonly (readonly string[])[], columns: number): string[] {
  const clean = blocks.map((lines) => lines.flatMap((line) => harmless(line).replaceAll('\t', '  ').split('\n')));
  const [only, ...others] = clean;
  if (only === undefined || others.length === 0) return only ?? [];
  const width = Math.floor((columns - BETWEEN.length * others.length) / clean.length);
  const wrapped = clean.map((lines) => lines.flatMap((line) => wrap(line, width)));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) =>
    wrapped
      .map((lines) => padded(lines[row] ?? '', width))
      .join(BETWEEN)
      .trimEnd(),
  );
}

/** The pieces of a line, each of at most `width` characters, cut after a space where there is one in the second half. */
function wrap(line: string, width: number): string[] {
  const characters = [...line];
  if (characters.length <= width) return [line];
  const indent = Math.min(
    characters.findIndex((each) => each !== ' '),
    Math.floor(width / 2),
  );
  const space = characters.slice(0, width).lastIndexOf(' ') + 1;
  const cut = space > Math.max(width / 2, indent) ? space : width;
  const [first, rest] = [characters.slice(0, cut).join(''), characters.slice(cut).join('')];
  return [first.trimEnd(), ...wrap(`${' '.repeat(indent)}${rest.trimStart()}`, width)];
}

const padded = (line: string, width: number): string => `${line}${' '.repeat(Math.max(0, width - [...line].length))}`;
