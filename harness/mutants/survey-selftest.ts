import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { EnvironmentError, type ExitCode } from '../exit.ts';
import type { GatewayImage } from '../gateway/image/image.ts';
import { type TestBed, withTestBed } from '../gateway/stage/test-bed.ts';
import { worst } from '../judge/verdict.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import { writeWhole } from '../results/folder.ts';
import { freshSeed } from '../seed.ts';
import { surveyed } from '../survey/run-survey.ts';
import type { SurveyMeans } from '../survey/survey.ts';
import { duration } from '../text/format.ts';
import type { Chunk } from './ast.ts';
import { changesOf } from './changed-chunks.ts';
import { chunksOf, ensureMutantImage, mutantTag, removeMutantImage } from './image.ts';
import { readKeptSurvey, writeKeptSurvey } from './kept-survey.ts';
import type { MutantSurvey } from './mutant-survey.ts';
import type { SurveyBuild } from './survey-mutant.ts';
import { brokenInSurvey, exitCodeOfResult, type SurveyFate, type SurveyResult, surveyFateOf } from './survey-result.ts';
import { describeSurveyResult, describeSurveyResults, renderSurveyResults } from './survey-results.ts';

export type SurveySelftestRequest = {
  builds: readonly SurveyBuild[];
  /** The folder of kept results and of the table. */
  folder: string;
  /** Whether kept results are ignored and everything is played again. */
  again: boolean;
  out: Output;
};

/** A release with the changed chunks of the mutants that are made from it. */
type Release = { image: GatewayImage; changed: ReadonlyMap<SurveyBuild, Chunk[]> };

/** How one gateway is surveyed: in which parts (null: all), and `build` makes its image, and is called only if nothing is kept. */
type Subject = {
  name: string;
  parts: readonly string[] | null;
  image: Pick<GatewayImage, 'tag' | 'id' | 'version'>;
  build(): Promise<unknown>;
};

/**
 * Builds the requested mutants, surveys each of them and the unchanged releases, one gateway after the other, and writes the table of what notices
 * which mutant. Uses kept results of unchanged images. Gives the exit code. Throws UsageError, before anything boots, for a mutant that does not
 * apply to its release, EnvironmentError if an unchanged release cannot be surveyed, and InterruptedError on Ctrl-C.
 */
export async function surveySelftest<Seen>(
  request: SurveySelftestRequest,
  survey: MutantSurvey<Seen>,
): Promise<ExitCode> {
  const { builds, folder, out } = request;
  const secretRegistry = createSecretRegistry();
  out.clearWith(secretRegistry.redact);
  mkdirSync(folder, { recursive: true });
  const results = await withTestBed(
    {
      runId: `selftest-${survey.name}-${process.pid.toString(36)}-${Date.now().toString(36)}`,
      secretRegistry,
      say: out.say,
    },
    'Results so far are kept: run the same command again.',
    async (bed, stopped) => {
      const releases = new Map<string, Release>();
      for (const version of new Set(builds.map(({ release }) => release))) {
        const image = await bed.image(version);
        releases.set(version, { image, changed: changesOf(builds, version, await chunksOf(bed.engine, image)) });
      }
      const means = { bed, secretRegistry, seed: freshSeed(), out };
      const seenOn = (subject: Subject): Promise<Seen> => seenOf(request, survey, means, subject);
      const found: SurveyResult[] = [];
      for (const [version, { image, changed }] of releases) {
        const began = performance.now();
        const parts = everyPartOf([...changed.keys()], survey);
        const base = await seenOn({ name: version, parts, image, build: async () => {} });
        out.say(`${version} unchanged: surveyed in ${duration(performance.now() - began)}.`);
        for (const [build, chunks] of changed) {
          if (stopped()) return found;
          const since = performance.now();
          const result = { build, fate: await fateOf(bed, survey, image, { build, chunks, base, seenOn }) };
          found.push(result);
          if (!stopped()) out.say(describeSurveyResult(result, performance.now() - since));
        }
      }
      return found;
    },
  );
  const file = path.join(folder, `${survey.name}.md`);
  writeWhole(file, secretRegistry.redact(renderSurveyResults(survey.name, results)));
  out.say(describeSurveyResults(results));
  out.say(`Wrote ${file}.`);
  return worst(results.map(exitCodeOfResult));
}

/** The parts in which an unchanged release is played: all that show one of its mutants; null if one of them needs the whole survey. */
function everyPartOf<Seen>(builds: readonly SurveyBuild[], survey: MutantSurvey<Seen>): readonly string[] | null {
  const parts = new Set<string>();
  for (const build of builds) {
    const own = survey.partsOf(build);
    if (own === null) return null;
    for (const part of own) parts.add(part);
  }
  return [...parts].sort();
}

/** What became of one mutant: what the survey notices of it, or why it is broken. Removes its image. */
async function fateOf<Seen>(
  bed: TestBed,
  survey: MutantSurvey<Seen>,
  image: GatewayImage,
  mutant: { build: SurveyBuild; chunks: readonly Chunk[]; base: Seen; seenOn(subject: Subject): Promise<Seen> },
): Promise<SurveyFate> {
  const { build, chunks, base, seenOn } = mutant;
  const tag = mutantTag(image, chunks);
  try {
    const seen = await seenOn({
      name: `${build.mutant.id}-${build.release}`,
      parts: survey.partsOf(build),
      // The engine takes a tag wherever it takes an id.
      image: { tag, id: tag, version: image.version },
      build: () => ensureMutantImage(bed.engine, image, chunks),
    });
    return surveyFateOf(build, survey.noticed(base, seen));
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return brokenInSurvey(error.message);
  } finally {
    await removeMutantImage(bed.engine, tag);
  }
}

/** What the survey sees of a gateway: what was kept of its image, or a new survey, which is then kept. Throws EnvironmentError if it fails. */
async function seenOf<Seen>(
  { folder, again }: SurveySelftestRequest,
  survey: MutantSurvey<Seen>,
  { bed, ...means }: Omit<SurveyMeans, 'engine' | 'image' | 'version' | 'reference'> & { bed: TestBed },
  { name, parts, image, build }: Subject,
): Promise<Seen> {
  const file = path.join(folder, 'kept', `${survey.name}-${name}.json`);
  const kept = again ? null : readKeptSurvey(file, { tag: image.tag, parts }, survey);
  if (kept !== null) return kept;
  await build();
  const about = { ...means, engine: bed.engine, image, version: image.version, reference: name };
  const { seen } = await surveyed(bed, image, `${survey.name}-${name}`, await survey.prepare(about, parts));
  writeKeptSurvey(file, { tag: image.tag, parts, seen }, survey, means.secretRegistry.redact);
  return seen;
}
