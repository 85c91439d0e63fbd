import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../exit.ts';
import { publishedReleaseOf } from '../gateway/source/reference.ts';
import { answerOf } from '../paste/answer.ts';
import { createHide } from '../paste/hide.ts';
import type { Ranking } from '../paste/ranking.ts';
import type { Read } from '../paste/read.ts';
import { replayCommand } from '../replay-command.ts';
import type { Output } from '../report/terminal/output.ts';
import { defaultDisclosure } from '../results/disclosure.ts';
import type { Report } from '../results/report.ts';
import { ROOT } from '../root.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { OLDEST_PLAYED, STABLE_RELEASES } from '../scenario/releases/npm-releases.ts';
import { compareReleases } from '../scenario/releases/range.ts';
import { runSuite } from '../suite/run.ts';
import type { RunRequest } from '../suite/run-request.ts';
import { concludeScenario, stateOf, symptomsOf, verdictOf } from './conclude.ts';
import { type Play, playsBeside, playsFor } from './plays.ts';
import { type Reproduction, reproductionSchema, type ScenarioResult, type VariedResult } from './reproduction.ts';
import { type Variation, variationsFor, varied, variedId } from './variation.ts';

/** The most scenarios that are played for one report. */
const MOST_PLAYED = 2;

/** A scenario is played beside the best one if its score is lower by no more than this. */
const CLOSE = 3;

/** Why a scenario is left out on a release that only the best one is played on. */
const NOT_THE_BEST = 'another scenario fits the report better, and only that one is played on this release';

export type ReproduceRequest = {
  read: Read;
  ranking: Ranking;
  scenarios: readonly LoadedScenario[];
  /** The folder in which report folders are made. */
  reports: string;
  seed: number;
  /** The command line, for the reports. */
  command: string;
  /** Where the progress of the runs goes. */
  out: Output;
};

/** The scenarios of a ranking that are played: the best one, and those close to it, if the reported release can show them. */
function toPlay({ ranking, scenarios }: ReproduceRequest): LoadedScenario[] {
  const best = ranking.scenarios[0]?.score ?? 0;
  return ranking.scenarios
    .filter(({ score, release }, place) => place === 0 || (best - score <= CLOSE && release !== 'does-not-apply'))
    .slice(0, MOST_PLAYED)
    .flatMap(({ scenario }) => scenarios.filter((loaded) => loaded.scenario.id === scenario));
}

/** The published release that stands for the reported one: itself, or the oldest that Postern plays. Null if none is reported. */
function reportedRelease({ read }: ReproduceRequest): string | null {
  const published = read.release.shows?.published ?? null;
  if (published === null) return null;
  return compareReleases(published, OLDEST_PLAYED) < 0 ? OLDEST_PLAYED : published;
}

async function play(
  request: ReproduceRequest,
  gateways: readonly string[],
  what: { files: readonly string[]; only: readonly string[]; leavesOut: RunRequest['leavesOut'] },
): Promise<{ report: Report; folder: string }> {
  const { reports, seed, command, out } = request;
  return runSuite({
    purpose: 'run',
    surveys: false,
    gateways,
    files: what.files,
    ownScenarios: null,
    leavesOut: what.leavesOut,
    selection: { only: what.only, classes: [], tags: [], profile: null },
    table: null,
    seed,
    shard: null,
    reports,
    comparison: null,
    prune: false,
    disclosure: defaultDisclosure(process.env),
    whileKept: null,
    evidenceIn: null,
    command,
    out,
  });
}

/** Plays a scenario with the settings of the report on one release. Null if no setting differs. */
async function playAsReported(
  request: ReproduceRequest,
  loaded: LoadedScenario,
  version: string,
  hide: (text: string) => string,
): Promise<VariedResult | null> {
  const variations = variationsFor(loaded, request.read.facts);
  if (variations.length === 0) return null;
  const id = variedId(loaded.scenario.id);
  const folder = path.join(request.reports, 'as-reported');
  const file = path.join(folder, `${id.replace('/', '--')}.yaml`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, varied(readFileSync(path.join(ROOT, loaded.file), 'utf8'), loaded, variations));
  const { report } = await play(request, [version], { files: [file], only: [], leavesOut: null });
  const [problem = null] = report.run.problems;
  const { state, because } = stateOf(
    report.checks.filter(({ scenario }) => scenario === id),
    symptomsOf(loaded),
    problem,
  );
  return {
    settings: variations.map(({ key, value, line }: Variation) => ({ key, value: hide(`${value}`), line })),
    version,
    state,
    because,
    command: hide(replayCommand(id, { gateways: [version], file })),
  };
}

/**
 * Plays the best scenarios of a ranking on the releases that concern the report, and concludes whether the report is reproduced. Plays nothing
 * if the report needs information, is not about the gateway, or is played by no scenario.
 */
export async function reproduce(request: ReproduceRequest): Promise<Reproduction> {
  const { read, ranking, scenarios } = request;
  const hide = createHide();
  const answer = answerOf(read, ranking, scenarios, hide);
  const chosen = ranking.verdict === 'scenario' ? toPlay(request) : [];
  if (chosen.length === 0) return { format: 1, verdict: 'not-played', answer, scenarios: [], problems: [], page: null };

  const newest = await newestRelease();
  const reported = reportedRelease(request);
  const plays = new Map<LoadedScenario, Play[]>(
    chosen.map((loaded, place) => [
      loaded,
      place === 0 ? playsFor(loaded.scenario.affected, { reported, newest }) : playsBeside({ reported, newest }),
    ]),
  );
  const isPlayed = (id: string, gateway: string): boolean =>
    [...plays].some(([{ scenario }, each]) => scenario.id === id && each.some(({ version }) => version === gateway));
  const versions = [...new Set([...plays.values()].flatMap((each) => each.map(({ version }) => version)))];
  const { report, folder } = await play(request, versions, {
    files: [],
    only: chosen.map(({ scenario }) => scenario.id),
    leavesOut: (id, gateway) => (isPlayed(id, gateway) ? null : NOT_THE_BEST),
  });
  const results: ScenarioResult[] = [];
  for (const [loaded, each] of plays) {
    const version = each[0]?.version ?? newest;
    const isInterrupted = report.run.exitCode === EXIT.interrupted;
    const asReported = isInterrupted ? null : await playAsReported(request, loaded, version, hide);
    results.push(concludeScenario(loaded, each, report, asReported));
  }
  return reproductionSchema.parse({
    format: 1,
    verdict: verdictOf(results),
    answer,
    scenarios: results,
    problems: report.run.problems.map(hide),
    page: path.join(folder, 'index.html'),
  });
}

/** The release that npm installs, or the newest one that this checkout knows if it is newer than that. */
async function newestRelease(): Promise<string> {
  const version = await publishedReleaseOf('latest', 'Give a version.');
  const known = STABLE_RELEASES.at(-1) ?? version;
  return compareReleases(known, version) > 0 ? known : version;
}
