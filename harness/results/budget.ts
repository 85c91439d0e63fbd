import { REPORT_BYTES, REPORT_CHECK_BYTES, REPORT_TEXT_CHARACTERS } from '../limits.ts';
import { cutTo } from '../text/cut.ts';
import { type CheckResult, mapLooks, type Report } from './report.ts';

/** The evidence that checks and probes both have. */
type Evidence = Pick<CheckResult, 'observation' | 'transcript' | 'logLines'>;

/**
 * A check or probe, cut to REPORT_CHECK_BYTES. A text of more than REPORT_TEXT_CHARACTERS keeps its beginning, with a note of its length
 * and SHA-256. If the evidence is still too large, the payload of an answer, the transcript, the log lines and the observation are left
 * out, in that order, and a log line says so. Call this only after the check was judged.
 */
export function withinBudget<T extends Evidence>(seen: T): T {
  const { transcript } = seen; // the transcript was limited while it was recorded
  const cut: T = { ...cutTexts({ ...seen, transcript: null }), transcript };
  const steps: ((all: T) => T)[] = [withoutPayload, withoutTranscript, withoutLog, withoutObservation];
  return steps.reduce((all, step) => (bytesOf(seenIn(all)) > REPORT_CHECK_BYTES ? step(all) : all), cut);
}

/**
 * Checks and cells within a budget of bytes, so that Node can make one text of them. Past the budget, checks and probes keep their verdicts
 * and lose their evidence; `leftOut` is their number.
 */
export function reportWithinBudget(
  { checks, table }: Pick<Report, 'checks' | 'table'>,
  budget = REPORT_BYTES,
): Pick<Report, 'checks' | 'table'> & { leftOut: number } {
  let left = budget;
  let leftOut = 0;
  const fit = <T extends Evidence>(seen: T): T => {
    left -= bytesOf(seenIn(seen));
    if (left >= 0) return seen;
    leftOut += 1;
    return withoutObservation(withoutLog(withoutTranscript(seen)));
  };
  const fitting = {
    checks: checks.map(fit),
    table: table.map((cell) => mapLooks(cell, fit)),
  };
  return { ...fitting, leftOut };
}

const seenIn = ({ observation, transcript, logLines }: Evidence): Evidence => ({ observation, transcript, logLines });

function withoutPayload<T extends Evidence>(seen: T): T {
  const { observation } = seen;
  if (observation?.answer?.kind !== 'answered') return seen;
  const text = JSON.stringify(observation.answer.payload);
  if (text.length <= REPORT_TEXT_CHARACTERS) return seen;
  const payload = { 'left out': cutTo(text, REPORT_TEXT_CHARACTERS) };
  return { ...seen, observation: { ...observation, answer: { kind: 'answered', payload } } };
}

const LEFT_OUT = '[postern] left out, because the report is full:';

function withoutTranscript<T extends Evidence>(seen: T): T {
  return { ...seen, transcript: null, logLines: [...seen.logLines, `${LEFT_OUT} the transcript`] };
}

function withoutLog<T extends Evidence>(seen: T): T {
  return { ...seen, logLines: [`${LEFT_OUT} the transcript and ${seen.logLines.length - 1} log lines`] };
}

function withoutObservation<T extends Evidence>(seen: T): T {
  const why = 'the observation is left out, because the report is full';
  return { ...seen, observation: seen.observation === null ? null : { notCarriedOut: why } };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

function cutText(text: string): string {
  return text.length > REPORT_TEXT_CHARACTERS ? cutTo(text, REPORT_TEXT_CHARACTERS) : text;
}

/** A copy of a JSON value in which every long text is cut. */
function cutTexts<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) => (typeof item === 'string' ? cutText(item) : item));
}
