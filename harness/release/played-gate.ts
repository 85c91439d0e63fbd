import { compareReports, type Known } from '../compare/compare-reports.ts';
import { exitReasonsOf } from '../compare/exit-reasons.ts';
import { onlyOf } from '../compare/gate.ts';
import { withheldFrom } from '../compare/withheld.ts';
import { EXIT, UsageError } from '../exit.ts';
import type { ExitReason, Objection } from '../results/explained-comparison.ts';
import type { Report } from '../results/report.ts';
import type { PlayedGate } from './evidence.ts';

/** What the report folder of a gate has beside the report: the reasons of its comparison, null without one, and the SHA-256 of report.json. */
export type Recorded = { reasons: readonly Pick<ExitReason, 'text' | 'objection'>[] | null; sha256: string };

/** Exit codes of runs that did not play everything that was asked for. */
const NOT_WHOLE: readonly number[] = [EXIT.interrupted, EXIT.usage, EXIT.environment];

/**
 * Compares the two gateways of the report of a gate anew, as of `today` (YYYY-MM-DD), because lists may have changed since. Throws UsageError if the
 * report is not one of a gate that played both gateways. Pure.
 */
export function playedGate(report: Report, { reasons, sha256 }: Recorded, known: Known, today: string): PlayedGate {
  const [first, second, ...others] = report.subjects;
  const { id, purpose, exitCode, problems } = report.run;
  if (purpose !== 'gate' || first === undefined || second === undefined || others.length > 0)
    throw new UsageError(
      `the report ${id} is not one of a gate that played two gateways`,
      'Give the report folder of `postern gate --base … --head …`; one that was played with --base-report lacks the base.',
    );
  const [base, candidate] = [onlyOf(report, first.reference), onlyOf(report, second.reference)];
  const context = { today, already: [] };
  // What a report lacks is a reason of its own, so that the rest of it may be compared.
  const compared = compareReports({ ...base, withheld: 0 }, { ...candidate, withheld: 0 }, known, context);
  const told = new Set(exitReasonsOf(compared).map(({ text }) => text));
  const recorded = reasons ?? problems.map((text) => ({ text, objection: 'untold' as const }));
  return {
    base,
    candidate,
    compared,
    problems: [
      ...recorded.flatMap(({ text, objection }) => {
        const of = subjectOf(objection);
        return of === null || told.has(text) ? [] : [{ text, of }];
      }),
      ...(NOT_WHOLE.includes(exitCode)
        ? [{ text: `the gate ended with exit code ${exitCode}, so it is incomplete`, of: 'run' as const }]
        : []),
    ],
    withheld: withheldFrom(compared, base, candidate),
    sha256,
  };
}

/**
 * What a recorded problem is about; null for weakenings and stale entries, which are found anew: an entry may have been added or removed since.
 */
function subjectOf(objection: Objection): 'gateway' | 'run' | null {
  switch (objection) {
    case 'broken':
      return 'gateway';
    case 'untold':
      return 'run';
    case 'weaker':
    case 'stale':
      return null;
  }
}
