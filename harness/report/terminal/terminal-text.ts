import { oneLine, visible } from '../../text/control-characters.ts';

/**
 * The workflow commands of CI runners: `::name::` at the beginning of a line (GitHub), `##[name]` and `##name[` anywhere (GitHub, Azure).
 */
const COMMAND = /##(?=\w*\[)|^(?<before>\s*):(?=:)/gm;

/** The escape sequences that the harness uses: bold, dim, red, green, yellow, and their ends. */
const PAINT = new RegExp(`(${String.fromCharCode(27)}\\[(?:1|2|22|31|32|33|39)m)`);

function withoutCommands(text: string): string {
  return text.replace(COMMAND, (found) => (found.startsWith('##') ? '# #' : `${found} `));
}

/**
 * Makes untrusted text safe on a terminal and in the log of a CI job: without escape sequences, invisible characters and workflow commands.
 * Line feeds stay.
 */
export function harmless(text: string): string {
  return withoutCommands(visible(text));
}

/** The same for a line of the harness, in which the escape sequences of `PAINT` stay. */
export function harmlessPainted(line: string): string {
  const pieces = line.split(PAINT).map((piece) => (PAINT.test(piece) ? piece : harmless(piece)));
  return pieces.join('');
}

/** Makes untrusted text safe as a part of one line. */
export function safe(text: string): string {
  return withoutCommands(oneLine(text));
}

/** The text cut to `columns` characters, with `…` at the end if it was cut. The text must not have colours. */
export function fitTo(columns: number, text: string): string {
  const characters = [...text];
  return characters.length <= columns ? text : `${characters.slice(0, Math.max(0, columns - 1)).join('')}…`;
}

/** Minutes and seconds: `01:34`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => `${value}`.padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
