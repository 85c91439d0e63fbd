import path from 'node:path';
import { EnvironmentError, EXIT, type ExitCode, messageOf, UsageError } from '../exit.ts';
import type { GatewayImage } from '../gateway/image/image.ts';
import { bootSingleStage, type TestBed, withTestBed } from '../gateway/stage/test-bed.ts';
import { createSecretRegistry, type SecretRegistry } from '../redaction/redactor.ts';
import { openReportFolder, writeWhole } from '../results/folder.ts';
import { ROOT } from '../root.ts';
import { isVersion, laterOf } from '../scenario/releases/range.ts';
import { posternVersion } from '../version.ts';
import type { PreparedSurvey, Survey, SurveyRequest } from './survey.ts';

/** What was seen on a gateway, the seconds that it took without image and boot, and the version that the gateway calls itself by. */
type Surveyed<Seen> = { seen: Seen; seconds: number; version: string };

/**
 * Surveys a gateway, compares it with a base if there is one, and writes the report as JSON and Markdown into a new folder. Gives the exit code. Throws
 * UsageError for a reference, a folder or a base that cannot be read, EnvironmentError if engine or boot fails, InterruptedError on Ctrl-C.
 */
export async function runSurvey<Seen extends { version: string }, Stored, Finding, Comparison, Report>(
  request: SurveyRequest,
  survey: Survey<Seen, Stored, Finding, Comparison, Report>,
): Promise<ExitCode> {
  const { out, gateway, compare, seed, disclosure } = request;
  if (request.publish && !isVersion(gateway))
    throw new UsageError(
      `--publish with the gateway "${gateway}", which is no release`,
      'Give a release, such as 2026.9.6.',
    );
  const folder = openReportFolder(
    request.reports,
    `${survey.name}-${Date.now().toString(36)}-${process.pid.toString(36)}`,
  );
  const stored = compare === null ? null : survey.readBase(compare);
  const secretRegistry = createSecretRegistry();
  out.clearWith(secretRegistry.redact);
  out.say(`seed ${seed}`);
  const play = async (bed: TestBed, reference: string, atLeastAs: string | null): Promise<Surveyed<Seen>> => {
    const image = await bed.image(reference);
    // A build that calls itself older than its base is still asked for what the base was asked for. A published release is what it says.
    const version = image.source.kind === 'published' ? image.version : laterOf(image.version, atLeastAs);
    const means = { engine: bed.engine, image, version, reference, secretRegistry, seed, out };
    return surveyed(bed, image, `${survey.name}-${reference}`, await survey.prepare(means));
  };
  const { base, head } = await withTestBed(
    { runId: path.basename(folder), secretRegistry, say: out.say },
    `Run the same command again with --seed ${seed}.`,
    async (bed) => {
      const before = compare === null ? null : (stored ?? (await play(bed, compare, null)).seen);
      return { base: before, head: await play(bed, gateway, before?.version ?? null) };
    },
  );
  const { findings, introduced, comparison, ...judged } = survey.judge(head.seen, base);
  const baseGap = base === null ? null : survey.gapOf(base);
  // What is not known of the base cannot be weaker on the head.
  const exitCode = baseGap !== null && judged.exitCode === EXIT.holds ? EXIT.environment : judged.exitCode;
  // What a gateway has without a base may be a weakness that nobody has published.
  const hidden = disclosure === 'public' ? findings.filter((finding) => !introduced.includes(finding)) : [];
  const report = survey.report(
    {
      command: request.command,
      seed,
      postern: posternVersion(),
      gateway,
      seconds: head.seconds,
      findings: findings.filter((finding) => !hidden.includes(finding)),
      withheld: hidden.length,
      comparison,
      exitCode,
    },
    survey.withoutFindings(head.seen, hidden),
  );
  writeReport(folder, survey, report, secretRegistry);
  out.say(`\n${survey.terminal(report)}\n\nreport  ${folder}`);
  if (baseGap !== null) out.say(`Not everything could be compared. Of the base: ${baseGap}.`);
  if (request.publish) out.say(`Wrote ${publish(gateway, head, survey)}.`);
  return exitCode;
}

/**
 * Boots a stage for a survey, does its work on that, and closes it. Gives what was seen, and how long it took. Throws EnvironmentError if engine or boot
 * fails.
 */
export async function surveyed<Seen>(
  bed: TestBed,
  image: Pick<GatewayImage, 'tag' | 'version'>,
  name: string,
  { gateway, routes, work }: PreparedSurvey<Seen>,
): Promise<Surveyed<Seen>> {
  const id = name.replace(/[^\w]+/g, '-').slice(0, 40);
  const stage = await bootSingleStage(bed, image, { id, gateway, routes });
  try {
    const began = performance.now();
    const seen = await work(stage);
    return { seen, seconds: (performance.now() - began) / 1000, version: stage.version() };
  } finally {
    await stage.close();
  }
}

function writeReport<Report>(
  folder: string,
  { name, markdown }: { name: string; markdown(report: Report): string },
  report: Report,
  { redact }: SecretRegistry,
): void {
  try {
    writeWhole(path.join(folder, `${name}.json`), `${redact(JSON.stringify(report, null, 1))}\n`);
    writeWhole(path.join(folder, `${name}.md`), redact(markdown(report)));
  } catch (error) {
    throw new UsageError(`The report in ${folder} cannot be written: ${messageOf(error)}`, 'Choose another folder.');
  }
}

/**
 * Publishes what was seen of a release, without what nobody has published yet. Gives the path of the file. Throws UsageError if the gateway calls
 * itself by another version, and EnvironmentError if what was seen is incomplete.
 */
function publish<Seen, Stored, Finding, Comparison, Report>(
  release: string,
  { seen, version }: Surveyed<Seen>,
  survey: Survey<Seen, Stored, Finding, Comparison, Report>,
): string {
  if (version !== release)
    throw new UsageError(`${release} calls itself ${version}`, 'Publish a release from npm, without an override.');
  const gap = survey.publishesGaps ? null : survey.gapOf(seen);
  if (gap !== null)
    throw new EnvironmentError(
      `what was seen of ${version} is incomplete, and was not published: ${gap}`,
      'Run it again while the machine has less to do.',
    );
  const findings = survey.findingsOf(seen);
  return survey.write(ROOT, {
    command: `npx postern ${survey.name} --publish --gateway ${version}`,
    withheld: findings.length,
    seen: survey.withoutFindings(seen, findings),
  });
}
