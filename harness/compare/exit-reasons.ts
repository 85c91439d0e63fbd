import { EXIT, type ExitCode } from '../exit.ts';
import type { Change } from '../judge/change.ts';
import { type Standing, standingHolds } from '../judge/standing.ts';
import { type Comparison, nameOf, type SurveyChange, weakeningsOf } from '../results/comparison.ts';
import type { ExitReason, Objection } from '../results/explained-comparison.ts';
import { count } from '../text/format.ts';

/** The exit code of a reason, by what it means. That the environment failed has a code of its own. */
const EXIT_OF: Record<Objection, ExitCode> = {
  weaker: EXIT.weakened,
  broken: EXIT.failed,
  untold: EXIT.failed,
  stale: EXIT.stale,
};

const STEPS: [string, string] = ['knock or step', 'knocks or steps'];
const CHECKS: [string, string] = ['check', 'checks'];
const PLACES: [string, string] = ['method, route or event', 'methods, routes or events'];
const CELLS: [string, string] = ['cell of the table', 'cells of the table'];

/**
 * The reasons for the exit code of a comparison, worst first; none means exit 0. A reason is a weakening for remote clients that is not accepted, a method, a route or an event that others get, a check that
 * holds on the base and not on the head, or anything that could not be decided on one of the two gateways. A check that is red on both is no
 * reason. Each text has how many checks, steps or cells it is about, and the id of the first. Pure.
 */
export function exitReasonsOf(comparison: Comparison): ExitReason[] {
  const { changes, standings, doubtful, unreached, unwritten, ownClientGivenMore, stale } = comparison;
  const [base, head] = [nameOf(comparison.base), nameOf(comparison.head)];
  const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
  const changed = (change: Change): string[] => idsOf(changes.filter((each) => each.change === change));
  const worse = standings.filter(({ standing }) => !standingHolds(standing));
  const blind = worse.filter((each) => each.base === 'error' || each.head === 'error');
  const blindIds = idsOf(blind);
  const standing = (name: Standing): string[] =>
    idsOf(worse.filter((each) => each.standing === name && !blind.includes(each)));
  const surveyed = (kind: SurveyChange['kind']): string[] =>
    comparison.surveys
      .filter((each) => each.kind === kind && each.accepted === null)
      .map(({ survey, where }) => `${survey}/${where}`);
  const rows: readonly [
    ids: readonly string[],
    what: [one: string, many: string],
    objection: Objection,
    says: string,
  ][] = [
    [idsOf(weakeningsOf(comparison)), STEPS, 'weaker', `remote clients get more access on ${head} than on ${base}`],
    [
      surveyed('weakened'),
      PLACES,
      'weaker',
      `${head} gives methods, HTTP routes or events to callers that ${base} denies them`,
    ],
    [surveyed('open'), PLACES, 'broken', `${head} has new methods or events that need no scope`],
    [surveyed('undecided'), PLACES, 'untold', 'who gets methods, HTTP routes or events could not be compared'],
    [blindIds, CHECKS, 'untold', 'the environment failed on one of the two gateways'],
    [standing('regressed'), CHECKS, 'broken', `checks pass on ${base} and fail on ${head}`],
    [standing('lost'), CHECKS, 'broken', `checks have a verdict on ${base} and none on ${head}`],
    [standing('untold'), CHECKS, 'untold', 'checks have no reliable verdict on one of the two gateways'],
    [changed('broke'), STEPS, 'broken', `${base} gave a decision and ${head} did not`],
    [changed('recovered'), STEPS, 'untold', `${base} gave no decision, so ${head} cannot be compared with it`],
    [changed('unrecorded'), STEPS, 'broken', `${head} does not log events that ${base} logs`],
    [unwritten, ['kind of event', 'kinds of event'], 'broken', `${head} never logs a kind of event that ${base} logs`],
    [doubtful, CELLS, 'untold', 'two observations of one cell differ on one of the two gateways'],
    [unreached, CELLS, 'untold', 'cells were not observed completely on one of the two gateways'],
  ];
  return [
    ...rows.flatMap(([ids, [one, many], objection, says]): ExitReason[] => {
      const exitCode = ids === blindIds ? EXIT.environment : EXIT_OF[objection];
      const text = `${says}: ${count(ids.length, one, many)}, first ${ids[0]}`;
      return ids.length === 0 ? [] : [{ exitCode, objection, text }];
    }),
    ...(ownClientGivenMore === null
      ? []
      : [
          {
            exitCode: EXIT.weakened,
            objection: 'weaker' as const,
            text: `${head} gives its own openclaw command more access than a client of the harness, and ${base} does not: ${ownClientGivenMore}`,
          },
        ]),
    ...stale.map((text) => ({ text, exitCode: EXIT.stale, objection: 'stale' as const })),
  ];
}
