import { oneLine, visible } from '../../text/control-characters.ts';

/** How runners of CI jobs know a command: `::name::` at the beginning of a line (GitHub), `##[name]` and `##name[` anywhere (GitHub, Azure). */
const COMMAND = /##(?=\w*\[)|^(?<before>\s*):(?=:)/gm;

/** The colours that the harness paints with: bold, dim, red, green, yellow, and their ends. */
const PAINT = new RegExp(`(${String.fromCharCode(27)}\\[(?:1|2|22|31|32|33|39)m)`);

function withoutCommands(text: string): string {
  return text.replace(COMMAND, (found) => (found.startsWith('##') ? '# #' : `${found} `));
}

/**
 * Text of anybody, safe on a terminal and in the log of a CI job: no escape sequences, no characters that cannot be seen, and nothing
 * that the runner of the job would take for a command. Lines stay lines.
 */
export function harmless(text: string): string {
  return withoutCommands(visible(text));
}

/** The same of a line that the harness painted: its own colours stay. */
export function harmlessPainted(line: string): string {
  const pieces = line.split(PAINT).map((piece) => (PAINT.test(piece) ? piece : harmless(piece)));
  return pieces.join('');
}

/** Text of anybody as a part of one line. */
export function safe(text: string): string {
  return withoutCommands(oneLine(text));
}

/** At most `columns` characters; the last one says that something was cut. Takes plain text, without colours. */
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
