import { UsageError } from '../exit.ts';
import { CHANGES, changeBetween } from '../judge/change.ts';
import { describeObservation } from '../judge/describe.ts';
import { isCommandGivenMore, outcomeOfCommand } from '../pairwise/command-outcome.ts';
import { OWN_CLIENT, tableCheck } from '../pairwise/properties.ts';
import { replayCommand } from '../replay-command.ts';
import type { ComparedObservation, Comparison, ObservationChange } from '../results/comparison.ts';
import { type Report, type Subject, TABLE_ID, type TableCell } from '../results/report.ts';
import type { AuditEvent, Observation } from '../scenario/schema/observation.ts';
import { count } from '../text/format.ts';
import { isLocalProbe } from './local-cell.ts';
import { standingsBetween } from './standings.ts';
import { surveyChanges } from './survey-changes.ts';

function subjectOf(report: Report, which: string): Subject {
  const [subject, ...others] = report.subjects;
  if (subject !== undefined && others.length === 0) return subject;
  const names = report.subjects.map(({ reference }) => reference).join(', ');
  throw new UsageError(
    `the ${which} report is about ${report.subjects.length} gateways${names === '' ? '' : ` (${names})`}`,
    'Give a report of one gateway: run each with `postern run --gateway …` of its own.',
  );
}

/** Throws UsageError for a report from which public output left something out: what it lacks would look like a difference. */
function requireWhole({ run, withheld }: Report): void {
  if (withheld > 0)
    throw new UsageError(
      `the report ${run.id} lacks ${count(withheld, 'finding or check', 'findings and checks')} that public output leaves out`,
      'Make it again with --disclosure full, and keep it where only maintainers can read it.',
    );
}

/** The observations of the checks of a report, whatever their verdict. Checks that were not carried out have none and are left out. */
function checksIn(report: Report): ComparedObservation[] {
  return report.checks.flatMap((check): ComparedObservation[] => {
    const { observation, scenario } = check;
    // The checks of the decision table rest on its cells, which are compared one by one.
    if (observation === null || scenario === TABLE_ID) return [];
    return [{ ...check, observation, cell: null }];
  });
}

/**
 * The observation of a probe in the form in which it is compared; null if the probe was not carried out. A client that is refused before the
 * challenge has sent no request that could be replayed, so its replay counts with the outcome of its knock.
 */
function comparable(cell: TableCell, look: string, observation: Observation): Observation | null {
  if (observation.notCarriedOut === undefined) return observation;
  const knock = cell.looks.find((other) => other.look === 'knock')?.observation.outcome;
  return look === 'replay' && knock?.kind === 'refused' ? { outcome: knock } : null;
}

/** The observations of the probes of a report, without those of doubtful cells. */
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
            local: isLocalProbe(cell, look, observation),
            expected: null,
            source: null,
            cell: { values: cell.values, look },
            repeat: cell.repeat,
          },
        ];
      }),
    );
}

/** The ids of cells that one gateway was not brought to, that only one table has, or that have a probe on only one gateway. */
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

/** The least number of lines of one event on the base. Fewer may be chance, for example because a gateway merges several lines into one. */
const ENOUGH_LINES = 3;

/** Events that a gateway logs at a decision of an operator, never at a knock. */
const DECISIONS: readonly AuditEvent['event'][] = ['pairing-approved', 'pairing-denied'];

/**
 * The audit events that the observed step caused. On a busy machine the log line of a decision may be read after the next knock has begun
 * (2026.4.1: 6 to 8 of 2,648 knocks at a load of 20, none on an idle machine), and then stands in the observation of that knock.
 */
function causedBy({ audit = [], outcome }: Observation): AuditEvent[] {
  return outcome === undefined ? audit : audit.filter(({ event }) => !DECISIONS.includes(event));
}

/** The kinds of event that the base logged at steps where both gateways gave the same access, and that the head logged at none of them. */
function unwrittenIn(changes: readonly ObservationChange[]): AuditEvent['event'][] {
  const alike = changes.filter(({ change }) => change === 'same' || change === 'unrecorded');
  const counted = (side: 'base' | 'head') =>
    Map.groupBy(
      alike.flatMap((change) => causedBy(change[side].observation)),
      ({ event }) => event,
    );
  const head = counted('head');
  return [...counted('base')].flatMap(([event, lines]) =>
    lines.length >= ENOUGH_LINES && !head.has(event) ? [event] : [],
  );
}

/** The observation in which the gateway gave its own command, from another machine, more access than a client of the harness; null for none. */
function givenMoreOn({ checks }: Report): string | null {
  const check = checks.find(({ id }) => id === tableCheck(OWN_CLIENT));
  const { command, outcome } = check?.observation ?? {};
  if (check?.verdict !== 'fail' || command === undefined || check.vantage === 'loopback') return null;
  return isCommandGivenMore(outcomeOfCommand(command), outcome) ? check.seen : null;
}

/** The file of a check whose scenario is not in the catalogue; null for any other, and for a probe. */
function fileOutside({ source }: ComparedObservation): string | null {
  return source === null || source.file.startsWith('scenarios/') ? null : source.file;
}

/**
 * Compares two reports of one gateway each, check by check and cell by cell. Changes are changes of observations; what the scenarios expect does
 * not matter for them. Throws UsageError if a report is about several gateways or none, if different versions of the suite made the two, because
 * another text of a scenario is another knock, or if public output left something out of one of them.
 */
export function diffReports(base: Report, head: Report): Comparison {
  for (const report of [base, head]) requireWhole(report);
  const subjects = { base: subjectOf(base, 'base'), head: subjectOf(head, 'head') };
  const [of, than] = [base.run.suite, head.run.suite].map(
    ({ version, commit }) => `${version} (${commit ?? 'no commit'})`,
  );
  if (of !== than)
    throw new UsageError(
      `Postern ${of} made the base report, and Postern ${than} made the head report`,
      'Make both reports with the same checkout of Postern.',
    );
  const gateways = [...new Set([subjects.base.reference, subjects.head.reference])];
  const doubtful = new Set([base, head].flatMap(({ table }) => table.flatMap(({ id, flaky }) => (flaky ? [id] : []))));
  const [before, after] = [base, head].map(
    (report) => new Map([...checksIn(report), ...looksIn(report, doubtful)].map((sight) => [sight.id, sight])),
  );
  if (before === undefined || after === undefined) throw new Error('two reports are compared');
  const changes = [...before].flatMap(([id, was]): ObservationChange[] => {
    const is = after.get(id);
    if (is === undefined) return [];
    const change = changeBetween(was.observation, is.observation);
    const repeat = replayCommand(id, { gateways, file: fileOutside(is) });
    // A secret that the head shows is a weakening even if only a local client sees it.
    const leaks = change === 'weakened' && is.observation.leaked !== undefined;
    return [
      {
        id,
        base: { ...was, repeat },
        head: { ...is, repeat },
        change,
        local: was.local && is.local && !leaks,
        accepted: null,
      },
    ];
  });
  const rank = ({ change, local }: ObservationChange): number => CHANGES.indexOf(change) * 2 + (local ? 1 : 0);
  return {
    ...subjects,
    changes: changes.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1)),
    standings: standingsBetween(base, head),
    surveys: surveyChanges(base, head),
    unreached: unreachedIn(base, head, doubtful),
    unwritten: unwrittenIn(changes),
    ownClientGivenMore: givenMoreOn(base) === null ? givenMoreOn(head) : null,
    onlyBase: [...before.keys()].filter((id) => !after.has(id)),
    onlyHead: [...after.keys()].filter((id) => !before.has(id)),
    doubtful: [...doubtful],
    stale: [],
  };
}
