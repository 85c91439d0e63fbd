import type pc from 'picocolors';
import type { CheckResult } from '../../results/report.ts';
import { clip } from '../../text/control-characters.ts';
import { type Tone, toneOf, VERDICT_LABELS } from '../verdict-labels.ts';
import { safe } from './terminal-text.ts';

/** The functions that add colours, or none on a terminal without colours. */
export type Paint = ReturnType<typeof pc.createColors>;

/** The length of a single text, in characters, so that no text of a gateway can fill the screen. */
const TEXT_CHARACTERS = 600;

const LABEL_COLUMNS = 9;

function tint(paint: Paint, tone: Tone, text: string): string {
  switch (tone) {
    case 'bad':
      return paint.red(text);
    case 'noted':
      return paint.yellow(text);
    case 'quiet':
      return paint.dim(text);
    case 'good':
      return paint.green(text);
  }
}

/** The sign and word of a verdict in its colour, then check and gateway. */
export function title(paint: Paint, check: CheckResult): string {
  const { icon, word } = VERDICT_LABELS[check.verdict];
  const verdict = tint(paint, toneOf(check), paint.bold(`${icon} ${word}`));
  return `${verdict}  ${safe(check.id)} ${paint.dim(`on ${safe(check.gateway)}`)}`;
}

/** A line such as `  expected  admitted with operator.write`. */
export function labelled(paint: Paint, label: string, text: string): string {
  return `  ${paint.dim(label.padEnd(LABEL_COLUMNS))} ${safe(clip(text, TEXT_CHARACTERS))}`;
}

/** The lines about a check that does not hold: expectation, observation, reason, source, command. */
export function details(paint: Paint, check: CheckResult): string[] {
  const { file, line, column } = check.source;
  return [
    title(paint, check),
    labelled(paint, 'expected', check.expected),
    labelled(paint, 'seen', check.seen),
    ...(check.because === null ? [] : [labelled(paint, 'because', check.because)]),
    labelled(paint, 'source', `${file}:${line}:${column}`),
    labelled(paint, 'repeat', check.repeat),
  ];
}
