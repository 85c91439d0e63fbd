import { EXIT, type ExitCode } from '../exit.ts';
import type { Change } from '../judge/change.ts';
import { type Standing, standingHolds } from '../judge/standing.ts';
import { worst } from '../judge/verdict.ts';
import { type Comparison, nameOf, weakeningsOf } from '../results/comparison.ts';
import { count } from '../text/format.ts';

const STEPS: [string, string] = ['knock or step', 'knocks or steps'];
const CHECKS: [string, string] = ['check', 'checks'];
const CELLS: [string, string] = ['cell of the table', 'cells of the table'];

/** Something that a comparison found, in one sentence, and what it means for the exit code. */
export type Finding = { text: string; exitCode: ExitCode };

/**
 * Everything in a comparison that keeps it from exit 0, worst first: a weakening that nobody accepted, a check that holds on the base and not
 * on the head, and whatever could not be told on one of them. What is as red on the base is no finding. Pure.
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
      [idsOf(weakeningsOf(comparison)), STEPS, EXIT.weakened, `remote clients get more on ${head} than on ${base}`],
      [idsOf(blind), CHECKS, EXIT.environment, 'the environment failed on one of the two'],
      [standing('regressed'), CHECKS, EXIT.failed, `${head} fails what ${base} passes`],
      [standing('lost'), CHECKS, EXIT.failed, `${head} has no verdict where ${base} has one`],
      [standing('untold'), CHECKS, EXIT.failed, 'one of the two has no verdict that can be relied on'],
      [changed('broke'), STEPS, EXIT.failed, `${head} gave no decision where ${base} gave one`],
      [
        changed('recovered'),
        STEPS,
        EXIT.failed,
        `${base} gave no decision, so that ${head} cannot be compared with it`,
      ],
      [changed('unrecorded'), STEPS, EXIT.failed, `${head} does not write down what ${base} writes down`],
      [
        unwritten,
        ['kind of event', 'kinds of event'],
        EXIT.failed,
        `${head} never writes down what ${base} writes down`,
      ],
      [doubtful, CELLS, EXIT.failed, 'one of the two showed one thing and then another'],
      [unreached, CELLS, EXIT.failed, 'one of the two was not brought to the knock'],
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
            text: `${head} gives its own command more than a client of the harness, which ${base} does not: ${ownClientGivenMore}`,
          },
        ]),
    ...stale.map((text) => ({ text, exitCode: EXIT.stale })),
  ];
}

/** What a comparison means for the process: the worst of its findings. */
export function exitCodeOfComparison(comparison: Comparison): ExitCode {
  return worst(findingsOf(comparison).map(({ exitCode }) => exitCode));
}
