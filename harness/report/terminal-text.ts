import { oneLine } from './odd-characters.ts';

/**
 * Text of a gateway, safe on a terminal: one line, no escape sequences, and nothing that GitHub Actions,
 * which reads the same output, would take for a workflow command.
 */
export function safe(text: string): string {
  return oneLine(text).replaceAll('##[', '# #[').replace(/^::/, ': :');
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
