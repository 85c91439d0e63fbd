import { UsageError } from '../exit.ts';
import { CHANGES, changeBetween } from '../judge/change.ts';
import { describeObservation } from '../judge/describe.ts';
import { isGivenMore, outcomeOfCommand } from '../pairwise/command-outcome.ts';
import { OWN_CLIENT, TABLE_ID, tableCheck } from '../pairwise/properties.ts';
import type { ComparedObservation, Comparison, ObservationChange } from '../results/comparison.ts';
import type { Report, Subject, TableCell } from '../results/report.ts';
import type { AuditEvent, Observation } from '../scenario/observation.ts';
import { isLocalLook } from './local-cell.ts';
import { standingsBetween } from './standings.ts';

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
function checksIn(report: Report): ComparedObservation[] {
  return report.checks.flatMap((check): ComparedObservation[] => {
    const { observation, scenario } = check;
    // What the claims about the table rest on is compared cell by cell.
    if (observation === null || scenario === TABLE_ID) return [];
    return [{ ...check, observation, cell: null }];
  });
}

/**
 * What a look showed as it is compared; null where it was not carried out. Whoever was turned away before the challenge has sent no request
 * that could be sent again: a replay of it ends as the knock did.
 */
function comparable(cell: TableCell, look: string, observation: Observation): Observation | null {
  if (observation.notCarriedOut === undefined) return observation;
  const knock = cell.looks.find((other) => other.look === 'knock')?.observation.outcome;
  return look === 'replay' && knock?.kind === 'refused' ? { outcome: knock } : null;
}

function looksIn(report: Report, doubtful: ReadonlySet<string>): ComparedObservation[] {
  return report.table
    .filter(({ id }) => !doubtful.has(id))
    .flatMap((cell) =>
      cell.looks.flatMap(({ look, ...seen }): ComparedObservation[] => {
        const observation = comparable(cell, look, seen.observation);
        if (observation === null) return [];
        return [
          {
            ...seen,
            observation,
            id: `table/${cell.id}/${look}`,
            seen: describeObservation(observation),
            local: isLocalLook(cell, look, observation),
            expected: null,
            source: null,
            cell: { values: cell.values, look },
            repeat: cell.repeat,
          },
        ];
      }),
    );
}

/** Cells that one gateway was not brought to, that stand in one table alone, or of which only one gateway showed a look. */
function unreachedIn(base: Report, head: Report, doubtful: ReadonlySet<string>): string[] {
  const [before, after] = [base, head].map(
    ({ table }) =>
      new Map(
        table.map((cell) => {
          const looks = cell.looks.filter(({ look, observation }) => comparable(cell, look, observation) !== null);
          return [cell.id, cell.unreached === null ? looks.map(({ look }) => look).join() : null];
        }),
      ),
  );
  if (before === undefined || after === undefined) throw new Error('two reports are compared');
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((id) => !doubtful.has(id) && (before.get(id) == null || before.get(id) !== after.get(id)))
    .sort();
}

/** An event that the base wrote down fewer times may have been chance, such as a line that stands for several. */
const ENOUGH_LINES = 3;

/** Kinds of event that the base wrote down where both let somebody in as far, and that the head wrote nowhere there. */
function unwrittenIn(changes: readonly ObservationChange[]): AuditEvent['event'][] {
  const alike = changes.filter(({ change }) => change === 'same' || change === 'unrecorded');
  const counted = (side: 'base' | 'head') =>
    Map.groupBy(
      alike.flatMap((change) => change[side].observation.audit ?? []),
      ({ event }) => event,
    );
  const head = counted('head');
  return [...counted('base')].flatMap(([event, lines]) =>
    lines.length >= ENOUGH_LINES && !head.has(event) ? [event] : [],
  );
}

/** What the own command of a report's gateway was told from another machine beyond what a client of ours was; null for nothing. */
function givenMoreOn({ checks }: Report): string | null {
  const check = checks.find(({ id }) => id === tableCheck(OWN_CLIENT));
  const { command, outcome } = check?.observation ?? {};
  if (check?.verdict !== 'fail' || command === undefined || check.vantage === 'loopback') return null;
  return isGivenMore(outcomeOfCommand(command), outcome) ? check.seen : null;
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
  const changes = [...before].flatMap(([id, was]): ObservationChange[] => {
    const is = after.get(id);
    if (is === undefined) return [];
    const change = changeBetween(was.observation, is.observation);
    // A secret that is shown is in the wrong place, whoever it was shown to.
    const leaks = change === 'weakened' && is.observation.leaked !== undefined;
    return [{ id, base: was, head: is, change, local: was.local && is.local && !leaks, accepted: null }];
  });
  const rank = ({ change, local }: ObservationChange): number => CHANGES.indexOf(change) * 2 + (local ? 1 : 0);
  return {
    ...subjects,
    changes: changes.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1)),
    standings: standingsBetween(base, head),
    unreached: unreachedIn(base, head, doubtful),
    unwritten: unwrittenIn(changes),
    ownClientGivenMore: givenMoreOn(base) === null ? givenMoreOn(head) : null,
    onlyBase: [...before.keys()].filter((id) => !after.has(id)),
    onlyHead: [...after.keys()].filter((id) => !before.has(id)),
    doubtful: [...doubtful],
    stale: [],
  };
}
