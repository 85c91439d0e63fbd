import { EXIT, type ExitCode } from '../exit.ts';
import type { Change } from '../judge/change.ts';
import { type Standing, standingHolds } from '../judge/standing.ts';
import { worst } from '../judge/verdict.ts';
import { type Comparison, nameOf, weakeningsOf } from '../results/comparison.ts';
import { count } from '../text/format.ts';

const STEPS: [string, string] = ['knock or step', 'knocks or steps'];
const CHECKS: [string, string] = ['check', 'checks'];
const CELLS: [string, string] = ['cell of the table', 'cells of the table'];

/** A difference that keeps a comparison from exit 0: one line of text for the maintainer, and the exit code that it causes. */
export type Finding = { text: string; exitCode: ExitCode };

/**
 * The findings of a comparison, worst first; none means exit 0. A finding is a weakening for remote clients that is not accepted, a check that
 * holds on the base and not on the head, or anything that could not be decided on one of the two gateways. A check that is red on both is no
 * finding. Each text has how many checks, steps or cells it is about, and the id of the first. Pure.
 */
export function findingsOf(comparison: Comparison): Finding[] {
  const { changes, standings, doubtful, unreached, unwritten, ownClientGivenMore, stale } = comparison;
  const [base, head] = [nameOf(comparison.base), nameOf(comparison.head)];
  const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
  const changed = (change: Change): string[] => idsOf(changes.filter((each) => each.change === change));
  const worse = standings.filter(({ standing }) => !standingHolds(standing));
  const blind = worse.filter((each) => each.base === 'error' || each.head === 'error');
  const standing = (name: Standing): string[] =>
    idsOf(worse.filter((each) => each.standing === name && !blind.includes(each)));
  const rows: readonly [ids: readonly string[], what: [one: string, many: string], exitCode: ExitCode, says: string][] =
    [
      [
        idsOf(weakeningsOf(comparison)),
        STEPS,
        EXIT.weakened,
        `remote clients get more access on ${head} than on ${base}`,
      ],
      [idsOf(blind), CHECKS, EXIT.environment, 'the environment failed on one of the two gateways'],
      [standing('regressed'), CHECKS, EXIT.failed, `checks pass on ${base} and fail on ${head}`],
      [standing('lost'), CHECKS, EXIT.failed, `checks have a verdict on ${base} and none on ${head}`],
      [standing('untold'), CHECKS, EXIT.failed, 'checks have no reliable verdict on one of the two gateways'],
      [changed('broke'), STEPS, EXIT.failed, `${base} gave a decision and ${head} did not`],
      [changed('recovered'), STEPS, EXIT.failed, `${base} gave no decision, so ${head} cannot be compared with it`],
      [changed('unrecorded'), STEPS, EXIT.failed, `${head} does not log events that ${base} logs`],
      [
        unwritten,
        ['kind of event', 'kinds of event'],
        EXIT.failed,
        `${head} never logs a kind of event that ${base} logs`,
      ],
      [doubtful, CELLS, EXIT.failed, 'two observations of one cell differ on one of the two gateways'],
      [unreached, CELLS, EXIT.failed, 'cells were not observed completely on one of the two gateways'],
    ];
  return [
    ...rows.flatMap(([ids, [one, many], exitCode, says]): Finding[] =>
      ids.length === 0 ? [] : [{ exitCode, text: `${says}: ${count(ids.length, one, many)}, first ${ids[0]}` }],
    ),
    ...(ownClientGivenMore === null
      ? []
      : [
          {
            exitCode: EXIT.weakened,
            text: `${head} gives its own openclaw command more access than a client of the harness, and ${base} does not: ${ownClientGivenMore}`,
          },
        ]),
    ...stale.map((text) => ({ text, exitCode: EXIT.stale })),
  ];
}

/** The exit code of a comparison: that of its worst finding, or `EXIT.holds` for none. */
export function exitCodeOfComparison(comparison: Comparison): ExitCode {
  return worst(findingsOf(comparison).map(({ exitCode }) => exitCode));
}
