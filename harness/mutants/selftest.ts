import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { EnvironmentError, EXIT, type ExitCode } from '../exit.ts';
import type { GatewayImage } from '../gateway/image/image.ts';
import { withTestBed } from '../gateway/stage/test-bed.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { worst } from '../judge/verdict.ts';
import { SELFTEST_GATEWAYS } from '../limits.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { createSemaphore } from '../play/semaphore.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import { openReportFolder, writeWhole } from '../results/folder.ts';
import { ROOT } from '../root.ts';
import { type LoadedScenario, loadScenarios } from '../scenario/catalogue/load.ts';
import { type PlayedGateway, type PlayOnRequest, playOn } from '../suite/play-on.ts';
import { opensBrowser } from '../suite/prepare-run.ts';
import { duration } from '../text/format.ts';
import { CONTROL } from './all-mutants.ts';
import type { Chunk } from './ast.ts';
import { changesOf } from './changed-chunks.ts';
import { chunksOf, ensureMutantImage, mutantTag, removeMutantImage } from './image.ts';
import { describeKillMatrix, describeMutantResult, renderKillMatrix } from './kill-matrix.ts';
import type { MutantBuild } from './mutant.ts';
import { broken, isIntended, type MutantResult, mutantResultOf, type Result } from './mutant-result.ts';
import { withoutWorkarounds } from './play.ts';
import {
  type CachedCheck,
  type CachedResults,
  cachedChecksOf,
  notCached,
  readCache,
  withPlayed,
  writeCache,
} from './result-cache.ts';

export type SelftestRequest = {
  mutantBuilds: readonly MutantBuild[];
  /** The folder of cached results and of the kill matrix. */
  folder: string;
  /** Whether cached results are ignored and everything is played again. */
  again: boolean;
  out: Output;
};

/** A release from which mutants are made, with the changed chunks of each. */
type Release = { image: GatewayImage; changed: ReadonlyMap<MutantBuild, Chunk[]> };

/** The unchanged release or a mutant of it, as a gateway for playOn. */
function gatewayOf(name: string, version: string, tag: string): PlayedGateway {
  return {
    name,
    image: { tag, version },
    imageOf: async (release) => {
      throw new EnvironmentError(
        `a scenario of the selftest boots ${release}, which no mutant is made from`,
        'Name another scenario in harness/mutants.',
      );
    },
  };
}

/** The ids of the scenarios to play on a mutant: the control set, and every scenario with a check that the mutant names. */
export function playedOn(mutantBuild: MutantBuild): Set<string> {
  return new Set([...CONTROL, ...mutantBuild.expectedKills.map((check) => check.slice(0, check.lastIndexOf('/')))]);
}

/**
 * Builds the requested mutants, plays scenarios on each of them and on the unchanged releases, and writes the kill matrix. Uses cached
 * results of unchanged scenarios and images. Returns the exit code. Throws UsageError, before anything boots, for a mutant that does not
 * apply to its release, and EnvironmentError if an unchanged release cannot be played.
 */
export async function selftest(request: SelftestRequest): Promise<ExitCode> {
  const { mutantBuilds, out } = request;
  const all = loadScenarios(ROOT);
  const deviations = loadDeviations(ROOT, declaredChecks(all));
  const runId = `selftest-${process.pid.toString(36)}-${Date.now().toString(36)}`;
  const folder = request.folder;
  const logs = openReportFolder(path.join(folder, 'logs'), runId);
  const { say } = out;
  const secretRegistry = createSecretRegistry();
  out.clearWith(secretRegistry.redact);
  const results = await withTestBed(
    { runId, secretRegistry, say },
    'Results so far are cached: run the same command again.',
    async (bed, stopped) => {
      const releases = new Map<string, Release>();
      for (const version of new Set(mutantBuilds.map(({ release }) => release))) {
        const image = await bed.image(version);
        releases.set(version, { image, changed: changesOf(mutantBuilds, version, await chunksOf(bed.engine, image)) });
      }
      const ids = union(mutantBuilds.map(playedOn));
      if (all.some((loaded) => ids.has(loaded.scenario.id) && opensBrowser(loaded))) await bed.prepareBrowser();
      const playRequest: PlayOnRequest = {
        bed,
        deviations,
        today: new Date().toISOString().slice(0, 10),
        logs,
        stopped,
      };
      return playAll(request, playRequest, releases, all, say);
    },
  );
  const file = path.join(folder, 'kill-matrix.md');
  writeWhole(file, renderKillMatrix(results));
  say(describeKillMatrix(results));
  say(`Wrote ${file}.`);
  return exitCodeOf(results);
}

async function playAll(
  request: SelftestRequest,
  playRequest: PlayOnRequest,
  releases: ReadonlyMap<string, Release>,
  all: readonly LoadedScenario[],
  say: (line: string) => void,
): Promise<Result[]> {
  const { mutantBuilds } = request;
  const pick = (ids: ReadonlySet<string>): LoadedScenario[] =>
    all.filter(({ scenario }) => ids.has(scenario.id)).map(withoutWorkarounds);
  const semaphore = createSemaphore(SELFTEST_GATEWAYS);

  const bases = new Map<string, ReadonlyMap<string, CachedCheck>>();
  await Promise.all(
    [...releases].map(([version, { image }], rank) =>
      semaphore(async () => {
        const wanted = pick(union(mutantBuilds.filter(({ release }) => release === version).map(playedOn)));
        const subject = gatewayOf(version, image.version, image.tag);
        const began = performance.now();
        const kept = await played(request, playRequest, subject, wanted);
        const shown = cachedChecksOf(kept, wanted);
        const errors = [...shown.values()].filter(({ verdict }) => verdict === 'error');
        if (errors.length > 0)
          throw new EnvironmentError(
            `the unchanged release ${version} cannot be played: ${errors.map(({ id, seen }) => `${id}: ${seen}`).join('; ')}`,
            `Read the logs in ${playRequest.logs}, and run the same command again.`,
          );
        bases.set(version, shown);
        say(`${version} unchanged: ${shown.size} checks in ${duration(performance.now() - began)}.`);
      }, rank),
    ),
  );

  return Promise.all(
    mutantBuilds.map((mutantBuild, rank) =>
      semaphore(async () => {
        const began = performance.now();
        const fate = await fateOnStage(request, playRequest, mutantBuild, releases, bases, pick(playedOn(mutantBuild)));
        const result = { mutantBuild, fate };
        if (!playRequest.stopped()) say(describeMutantResult(result, performance.now() - began));
        return result;
      }, rank),
    ),
  );
}

async function fateOnStage(
  request: SelftestRequest,
  playRequest: PlayOnRequest,
  mutantBuild: MutantBuild,
  releases: ReadonlyMap<string, Release>,
  bases: ReadonlyMap<string, ReadonlyMap<string, CachedCheck>>,
  wanted: readonly LoadedScenario[],
): Promise<MutantResult> {
  const release = releases.get(mutantBuild.release);
  const base = bases.get(mutantBuild.release);
  const changed = release?.changed.get(mutantBuild);
  if (release === undefined || base === undefined || changed === undefined)
    throw new Error(`nothing was made ready for ${mutantBuild.mutant.id} on ${mutantBuild.release}`);
  const { image } = release;
  const name = `${mutantBuild.mutant.id}-${mutantBuild.release}`;
  const subject = gatewayOf(name, image.version, mutantTag(image, changed));
  try {
    const kept = await played(request, playRequest, subject, wanted, () =>
      ensureMutantImage(playRequest.bed.engine, image, changed),
    );
    const ids = new Set(wanted.flatMap(({ checks }) => checks.map(({ id }) => id)));
    return mutantResultOf(mutantBuild, new Map([...base].filter(([id]) => ids.has(id))), cachedChecksOf(kept, wanted));
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return broken(error.message);
  }
}

/**
 * The results of the scenarios on a gateway. Plays those that are not cached, and caches their results. `build` makes the image; it is called
 * only if something is to be played.
 */
async function played(
  { folder, again }: SelftestRequest,
  playRequest: PlayOnRequest,
  subject: PlayedGateway,
  wanted: readonly LoadedScenario[],
  build: () => Promise<unknown> = async () => {},
): Promise<CachedResults> {
  const file = path.join(folder, 'kept', `${subject.name}.json`);
  const before: CachedResults = again ? { tag: subject.image.tag, scenarios: {} } : readCache(file, subject.image.tag);
  const missing = notCached(before, wanted);
  if (missing.length === 0) return before;
  if (playRequest.stopped()) return before;
  await build();
  const results = await playOn(playRequest, subject, missing);
  // After an interrupt Postern removes the containers, so these results say nothing about the gateway.
  if (playRequest.stopped()) return before;
  const kept = withPlayed(before, missing, results);
  writeCache(file, kept);
  if (subject.image.tag.startsWith('postern/mutant:'))
    await removeMutantImage(playRequest.bed.engine, subject.image.tag);
  return kept;
}

function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function exitCodeOf(results: readonly Result[]): ExitCode {
  const codes = results.map(({ fate }): ExitCode => {
    if (isIntended(fate)) return EXIT.holds;
    return fate.kind === 'broken' ? EXIT.environment : EXIT.failed;
  });
  return worst(codes);
}
