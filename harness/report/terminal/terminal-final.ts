import { VERDICTS } from '../../judge/verdict.ts';
import type { Report } from '../../results/report.ts';
import { duration } from '../../text/format.ts';
import { headline, meaningOf } from '../headline.ts';
import { describeShard } from '../shard-note.ts';
import { worstFirst } from '../sort.ts';
import { toneOf, VERDICT_LABELS } from '../verdict-labels.ts';
import { describeWithheld } from '../withheld-note.ts';
import { details, type Paint } from './terminal-paint.ts';
import { safe } from './terminal-text.ts';

/** Checks in the final block. With more, the first and worst would scroll off the screen. */
const SHOWN = 20;

/** The last lines of a run: red checks, problems, headline, counts by verdict, paths of the report, exit code. */
export function finalLines(report: Report, paths: readonly string[], paint: Paint): string[] {
  const red = worstFirst(report.checks.filter((check) => !check.holds));
  const hidden = red.length - SHOWN;
  const counts = VERDICTS.flatMap((verdict) => {
    const sample = report.checks.find((check) => check.verdict === verdict);
    if (sample === undefined) return [];
    const words = `${report.counts[verdict]} ${VERDICT_LABELS[verdict].word}`;
    return [toneOf(sample) === 'bad' ? paint.red(words) : words];
  });
  const { exitCode } = report.run;
  const shard = describeShard(report.run);
  const verdict = `Exit code ${exitCode}: ${meaningOf(exitCode)}.`;
  return [
    '',
    ...red.slice(0, SHOWN).flatMap((check) => [...details(paint, check), '']),
    ...(hidden > 0 ? [`… and ${hidden} more that do not hold; the report lists them all.`, ''] : []),
    ...report.run.problems.map((text) => paint.red(`Problem: ${safe(text)}`)),
    paint.bold(safe(headline(report))),
    `${counts.join(' · ') || 'No checks'} in ${duration(report.run.wallMs)}, seed ${report.run.seed}`,
    ...(report.withheld > 0 ? [safe(describeWithheld(report.withheld))] : []),
    ...(shard === null ? [] : [shard]),
    ...paths.map((path) => `Report: ${safe(path)}`),
    exitCode === 0 ? paint.green(verdict) : paint.red(verdict),
  ];
}
