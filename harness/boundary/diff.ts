import { UsageError } from '../exit.ts';
import { sayObservation } from '../judge/words.ts';
import { CHANGES, type Comparison, type Sight, type SightChange } from '../report/comparison.ts';
import type { Report, Subject, TableCell } from '../report/report.ts';
import { PLAIN, valuesOf } from './cell.ts';
import { changeBetween } from './change.ts';
import { ORIGINS } from './dimensions.ts';
import { TABLE_ID } from './invariants.ts';

function subjectOf(report: Report, which: string): Subject {
  const [subject, ...others] = report.subjects;
  if (subject !== undefined && others.length === 0) return subject;
  const names = report.subjects.map(({ reference }) => reference).join(', ');
  throw new UsageError(
    `the ${which} report is about ${report.subjects.length} gateways${names === '' ? '' : ` (${names})`}`,
    'Give a report of one gateway: run each with `postern run --gateway …` of its own.',
  );
}

/** A red verdict was seen as well as a green one; what was skipped, or makes no sense on a release, was not. */
function checksIn(report: Report): Sight[] {
  return report.checks.flatMap((check): Sight[] => {
    const { observation, scenario, vantage } = check;
    // What the claims about the table rest on is compared cell by cell.
    if (observation === null || scenario === TABLE_ID) return [];
    return [{ ...check, observation, local: vantage === 'loopback', cell: null }];
  });
}

/**
 * Everything in a cell whose knock is honest and comes from the gateway's own machine follows from what its owner's client was given.
 * A page of another site, or a header that a proxy sets, makes it somebody else's.
 */
function isLocalCell({ values }: TableCell): boolean {
  return (
    values['door'] === 'loopback' &&
    values['forwarded'] === PLAIN.forwarded &&
    !FOREIGN.includes(values['origin'] ?? '')
  );
}

const FOREIGN = valuesOf('origin').filter((origin): boolean => ORIGINS[origin].foreign) as string[];

function looksIn(report: Report, doubtful: ReadonlySet<string>): Sight[] {
  return report.table
    .filter(({ id }) => !doubtful.has(id))
    .flatMap((cell) =>
      // Whoever was turned away before the challenge has sent no request that could be sent again.
      cell.looks
        .filter(({ observation }) => observation.notCarriedOut === undefined)
        .map(
          ({ look, ...seen }): Sight => ({
            ...seen,
            id: `table/${cell.id}/${look}`,
            seen: sayObservation(seen.observation),
            local: isLocalCell(cell),
            expected: null,
            source: null,
            cell: { values: cell.values, look },
            repeat: cell.repeat,
          }),
        ),
    );
}

/**
 * Compares two reports of one gateway each, check by check and cell by cell, by what was seen and not by what was expected. Throws UsageError where
 * a report is about several gateways, or where they were made by different versions of the suite: another text of a scenario is
 * another knock.
 */
export function diffReports(base: Report, head: Report): Comparison {
  const subjects = { base: subjectOf(base, 'base'), head: subjectOf(head, 'head') };
  const [of, than] = [base.run.suite, head.run.suite].map(
    ({ version, commit }) => `${version} (${commit ?? 'no commit'})`,
  );
  if (of !== than)
    throw new UsageError(
      `the base report was made by suite ${of}, the head report by suite ${than}`,
      'Run both gateways with the same checkout.',
    );
  const doubtful = new Set([base, head].flatMap(({ table }) => table.flatMap(({ id, flaky }) => (flaky ? [id] : []))));
  const [before, after] = [base, head].map(
    (report) => new Map([...checksIn(report), ...looksIn(report, doubtful)].map((sight) => [sight.id, sight])),
  );
  if (before === undefined || after === undefined) throw new Error('two reports are compared');
  const changes = [...before].flatMap(([id, was]): SightChange[] => {
    const is = after.get(id);
    if (is === undefined) return [];
    const change = changeBetween(was.observation, is.observation);
    return [{ id, base: was, head: is, change, local: was.local && is.local, accepted: null }];
  });
  const rank = ({ change, local }: SightChange): number => CHANGES.indexOf(change) * 2 + (local ? 1 : 0);
  return {
    ...subjects,
    changes: changes.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1)),
    onlyBase: [...before.keys()].filter((id) => !after.has(id)),
    onlyHead: [...after.keys()].filter((id) => !before.has(id)),
    doubtful: [...doubtful],
    stale: [],
  };
}
