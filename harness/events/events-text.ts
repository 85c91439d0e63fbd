import { sayCallers } from '../rights/say-callers.ts';
import { differenceLines, findingLines } from '../survey/survey-text.ts';
import { count } from '../text/format.ts';
import type { EventsReport } from './report.ts';

/** The result of `postern events` for a terminal: which events reach whom, the findings, and the comparison. */
export function printEvents({ heard, seconds, seed, findings, withheld, comparison }: EventsReport): string {
  const admitted = Object.values(heard.callers).filter(({ kind }) => kind === 'admitted').length;
  const width = Math.max(0, ...heard.events.map(({ event }) => event.length));
  const missed = heard.occasions.filter(({ happened }) => !happened).map(({ id }) => id);
  return [
    `openclaw ${heard.version}: ${count(heard.events.length, 'event')} to ${count(admitted, 'caller')} in ${Math.round(seconds)} s, seed ${seed}`,
    ...heard.events.map(({ event, heardBy }) => `  ${event.padEnd(width)}  ${sayCallers(heardBy)}`),
    ...(missed.length === 0 ? [] : ['', `This gateway does not do: ${missed.join(', ')}`]),
    ...findingLines(
      findings.map(({ property, where, callers, seen }) => `${property}: ${where}: ${seen} (${sayCallers(callers)})`),
      withheld,
    ),
    ...(comparison === null
      ? []
      : differenceLines(
          comparison,
          comparison.events.map(({ event, kind, gained, lost }) => [
            `  ${kind.padEnd(9)}  ${event}`,
            ...(gained.length > 0 ? [`             now  ${sayCallers(gained)}`] : []),
            ...(lost.length > 0 ? [`             no longer  ${sayCallers(lost)}`] : []),
          ]),
        )),
  ].join('\n');
}
