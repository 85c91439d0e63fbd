import { REPORT_BYTES, REPORT_CHECK_BYTES, REPORT_TEXT_CHARACTERS } from '../limits.ts';
import { cutTo } from '../text/cut.ts';
import type { CheckResult, Report } from './report.ts';

/** What was seen, as a check and a look of the table both keep it. */
type Seen = Pick<CheckResult, 'observation' | 'transcript' | 'logLines'>;

/**
 * A check or a look, cut to what a report may keep of it: long texts keep their beginning, with a note of their length and SHA-256;
 * where all of it is still too much, the payload of an answer, the transcript and the log lines are left out in that order, and a log
 * line says so. Call it once everything was judged.
 */
export function withinBudget<T extends Seen>(seen: T): T {
  const { transcript } = seen; // bounded while it was made
  const cut: T = { ...cutTexts({ ...seen, transcript: null }), transcript };
  const steps: ((all: T) => T)[] = [withoutPayload, withoutTranscript, withoutLog, withoutObservation];
  return steps.reduce((all, step) => (bytesOf(seenIn(all)) > REPORT_CHECK_BYTES ? step(all) : all), cut);
}

/**
 * Checks and cells of which Node can make one text: past the budget they keep their verdicts, and nothing of what was seen. `leftOut` is
 * how many that are.
 */
export function reportWithinBudget(
  { checks, table }: Pick<Report, 'checks' | 'table'>,
  budget = REPORT_BYTES,
): Pick<Report, 'checks' | 'table'> & { leftOut: number } {
  let left = budget;
  let leftOut = 0;
  const fit = <T extends Seen>(seen: T): T => {
    left -= bytesOf(seenIn(seen));
    if (left >= 0) return seen;
    leftOut += 1;
    return withoutObservation(withoutLog(withoutTranscript(seen)));
  };
  const fitting = {
    checks: checks.map(fit),
    table: table.map((cell) => ({ ...cell, looks: cell.looks.map(fit) })),
  };
  return { ...fitting, leftOut };
}

const seenIn = ({ observation, transcript, logLines }: Seen): Seen => ({ observation, transcript, logLines });

function withoutPayload<T extends Seen>(seen: T): T {
  const { observation } = seen;
  if (observation?.answer?.kind !== 'answered') return seen;
  const text = JSON.stringify(observation.answer.payload);
  if (text.length <= REPORT_TEXT_CHARACTERS) return seen;
  const payload = { 'left out': cutTo(text, REPORT_TEXT_CHARACTERS) };
  return { ...seen, observation: { ...observation, answer: { kind: 'answered', payload } } };
}

const LEFT_OUT = '[postern] left out, for the report is full:';

function withoutTranscript<T extends Seen>(seen: T): T {
  return { ...seen, transcript: null, logLines: [...seen.logLines, `${LEFT_OUT} the transcript`] };
}

function withoutLog<T extends Seen>(seen: T): T {
  return { ...seen, logLines: [`${LEFT_OUT} the transcript and ${seen.logLines.length - 1} log lines`] };
}

function withoutObservation<T extends Seen>(seen: T): T {
  const why = 'what was seen is left out, for the report is full';
  return { ...seen, observation: seen.observation === null ? null : { notCarriedOut: why } };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

function cutText(text: string): string {
  return text.length > REPORT_TEXT_CHARACTERS ? cutTo(text, REPORT_TEXT_CHARACTERS) : text;
}

/** The same value, with every long text in it cut. */
function cutTexts<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) => (typeof item === 'string' ? cutText(item) : item));
}
