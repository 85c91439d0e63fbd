import path from 'node:path';
import { EnvironmentError, type ExitCode, messageOf, UsageError } from '../exit.ts';
import { shippedMethods } from '../gateway/image/shipped-methods.ts';
import { bootSingleStage, type TestBed, withTestBed } from '../gateway/stage/test-bed.ts';
import { orderFor } from '../order.ts';
import { createSecretRegistry, type SecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import type { Disclosure } from '../results/disclosure.ts';
import { openReportFolder, writeWhole } from '../results/folder.ts';
import { ROOT } from '../root.ts';
import { isVersion } from '../scenario/releases/range.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import { posternVersion } from '../version.ts';
import { compareMatrices } from './compare.ts';
import { findingsOf, newOpenMethods, withoutFindings } from './findings.ts';
import { type Matrix, toStored } from './matrix.ts';
import { playMatrix } from './play-matrix.ts';
import { writePublishedRights } from './published.ts';
import { readBase } from './read-base.ts';
import { exitCodeOf, isComplete, RIGHTS_JSON, type RightsReport, THIS_VERSION } from './report.ts';
import { renderRights } from './rights-markdown.ts';
import { printRights } from './rights-text.ts';
import { NO_TABLES } from './rows.ts';

/** What `postern rights` plays, and where its results go. */
type RightsRequest = {
  gateway: string;
  /** A report folder, or the reference of a gateway that is played first; null for no comparison. */
  compare: string | null;
  publish: boolean;
  disclosure: Disclosure;
  seed: number;
  reports: string;
  command: string;
  out: Output;
};

type Played = { matrix: Matrix; seconds: number };

/**
 * Plays who may call what on a gateway, compares it with a base if there is one, and writes rights.json and rights.md into a new folder. Gives
 * the exit code. Throws UsageError for a reference, a folder or a base that cannot be read, EnvironmentError if engine or boot fails,
 * InterruptedError on Ctrl-C.
 */
export async function runRights(request: RightsRequest): Promise<ExitCode> {
  const { out, gateway, compare, seed, disclosure } = request;
  if (request.publish && !isVersion(gateway))
    throw new UsageError(
      `--publish with the gateway "${gateway}", which is no release`,
      'Give a release, such as 2026.9.6.',
    );
  const folder = openReportFolder(request.reports, `rights-${Date.now().toString(36)}-${process.pid.toString(36)}`);
  const stored = compare === null ? null : readBase(compare);
  const secretRegistry = createSecretRegistry();
  out.clearWith(secretRegistry.redact);
  out.say(`seed ${seed}`);
  const { base, head } = await withTestBed(
    { runId: path.basename(folder), secretRegistry, say: out.say },
    `Run the same command again with --seed ${seed}.`,
    async (bed) => ({
      base: compare === null ? null : (stored ?? (await playOne(bed, compare, request, secretRegistry)).matrix),
      head: await playOne(bed, gateway, request, secretRegistry),
    }),
  );
  const comparison = base === null ? null : compareMatrices(base, head.matrix);
  const fresh = comparison === null ? [] : newOpenMethods(comparison, head.matrix);
  const findings = [...findingsOf(head.matrix), ...fresh];
  // What the head weakens is shown: it is not released. What a gateway has without a base may be a weakness that nobody has published.
  const hidden = disclosure === 'public' ? findings.filter((finding) => !fresh.includes(finding)) : [];
  const report: RightsReport = {
    ...THIS_VERSION,
    command: request.command,
    seed,
    postern: posternVersion(),
    gateway,
    seconds: head.seconds,
    matrix: toStored(withoutFindings(head.matrix, hidden)),
    findings: findings.filter((finding) => !hidden.includes(finding)),
    withheld: hidden.length,
    comparison,
    exitCode: exitCodeOf(head.matrix, findings, comparison),
  };
  writeReport(folder, report, secretRegistry);
  out.say(`\n${printRights(report)}\n\nreport  ${folder}`);
  if (request.publish) out.say(`Wrote ${publish(gateway, head.matrix)}.`);
  return exitCodeOf(head.matrix, findings, comparison);
}

async function playOne(
  bed: TestBed,
  reference: string,
  { out, seed }: RightsRequest,
  secretRegistry: SecretRegistry,
): Promise<Played> {
  const image = await bed.image(reference);
  const shipped = await shippedMethods(bed.engine, image.id);
  if (shipped === null)
    out.say(`${reference}: its package has no method tables; only methods that hello-ok lists are called`);
  const stage = await bootSingleStage(bed, image, {
    id: `rights-${reference.replace(/[^\w]+/g, '-')}`.slice(0, 40),
    gateway: PATIENT_GATEWAY,
    routes: [{ from: 'lan', through: 'documented' }],
  });
  try {
    const began = performance.now();
    let calls = 0;
    const matrix = await playMatrix({
      stage,
      secretRegistry,
      shipped: shipped ?? NO_TABLES,
      order: orderFor(seed, 'rights'),
      told(more) {
        calls += more;
        out.progress(`openclaw ${stage.version()}: ${calls} calls`);
      },
    });
    return { matrix, seconds: (performance.now() - began) / 1000 };
  } finally {
    await stage.close();
  }
}

function writeReport(folder: string, report: RightsReport, { redact }: SecretRegistry): void {
  try {
    writeWhole(path.join(folder, RIGHTS_JSON), `${redact(JSON.stringify(report, null, 1))}\n`);
    writeWhole(path.join(folder, 'rights.md'), redact(renderRights(report)));
  } catch (error) {
    throw new UsageError(`The report in ${folder} cannot be written: ${messageOf(error)}`, 'Choose another folder.');
  }
}

/**
 * Publishes the matrix of a release, without what nobody has published yet. Gives the path of the file. Throws UsageError if the gateway calls
 * itself by another version, EnvironmentError if the matrix is incomplete: what is published must be the same in each run.
 */
function publish(release: string, matrix: Matrix): string {
  if (matrix.version !== release)
    throw new UsageError(
      `${release} calls itself ${matrix.version}`,
      'Publish a release from npm, without an override.',
    );
  if (!isComplete(matrix))
    throw new EnvironmentError(
      `the matrix of ${release} is incomplete, and was not published: a caller could not be made, or a call got no answer`,
      'Run it again while the machine has less to do.',
    );
  const findings = findingsOf(matrix);
  return writePublishedRights(ROOT, {
    command: `npx postern rights --publish --gateway ${matrix.version}`,
    withheld: findings.length,
    matrix: toStored(withoutFindings(matrix, findings)),
  });
}
