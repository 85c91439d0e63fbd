import path from 'node:path';
import { type ExitCode, messageOf, UsageError } from '../exit.ts';
import { shippedPaths } from '../gateway/image/shipped-paths.ts';
import { bootSingleStage, type TestBed, withTestBed } from '../gateway/stage/test-bed.ts';
import { orderFor } from '../order.ts';
import { createSecretRegistry, type SecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import type { Disclosure } from '../results/disclosure.ts';
import { openReportFolder, writeWhole } from '../results/folder.ts';
import { ROOT } from '../root.ts';
import { isVersion } from '../scenario/releases/range.ts';
import { posternVersion } from '../version.ts';
import { compareRoutes } from './compare.ts';
import { PLACES } from './dimensions.ts';
import { findingsOf, type RouteFinding, withoutFindings } from './findings.ts';
import { makeSecrets } from './make-secrets.ts';
import { playRoutes } from './play-routes.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { writePublishedRoutes } from './published.ts';
import { readBase } from './read-base.ts';
import { exitCodeOf, ROUTES_JSON, type RoutesReport, THIS_VERSION } from './report.ts';
import { routesGateway } from './routes-gateway.ts';
import { renderRoutes } from './routes-markdown.ts';
import { printRoutes } from './routes-text.ts';
import { toStored } from './stored-routes.ts';
import { unwrittenPaths } from './unwritten.ts';

/** What `postern routes` plays, and where its results go. */
export type RoutesRequest = {
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

/**
 * Plays the HTTP routes of a gateway, compares them with a base if there is one, and writes routes.json and routes.md into a new folder. Gives
 * the exit code. Throws UsageError for a reference, a folder or a base that cannot be read, EnvironmentError if engine or boot fails,
 * InterruptedError on Ctrl-C.
 */
export async function runRoutes(request: RoutesRequest): Promise<ExitCode> {
  const { out, gateway, compare, seed, disclosure } = request;
  if (request.publish && !isVersion(gateway))
    throw new UsageError(
      `--publish with the gateway "${gateway}", which is no release`,
      'Give a release, such as 2026.9.6.',
    );
  const folder = openReportFolder(request.reports, `routes-${Date.now().toString(36)}-${process.pid.toString(36)}`);
  const stored = compare === null ? null : readBase(compare);
  const secretRegistry = createSecretRegistry();
  out.clearWith(secretRegistry.redact);
  out.say(`seed ${seed}`);
  const { base, head } = await withTestBed(
    { runId: path.basename(folder), secretRegistry, say: out.say },
    `Run the same command again with --seed ${seed}.`,
    async (bed) => ({
      base: compare === null ? null : (stored ?? (await playOne(bed, compare, request, secretRegistry)).played),
      head: await playOne(bed, gateway, request, secretRegistry),
    }),
  );
  const comparison = base === null ? null : compareRoutes(base, head.played);
  const findings = findingsOf(head.played);
  // What a gateway has without a base may be a weakness that nobody has published.
  const hidden = disclosure === 'public' ? findings : [];
  const report: RoutesReport = {
    ...THIS_VERSION,
    command: request.command,
    seed,
    postern: posternVersion(),
    gateway,
    seconds: head.seconds,
    played: toStored(withoutFindings(head.played, hidden)),
    findings: findings.filter((finding) => !hidden.includes(finding)),
    withheld: hidden.length,
    comparison,
    exitCode: exitCodeOf(findings, comparison),
  };
  writeReport(folder, report, secretRegistry);
  out.say(`\n${printRoutes(report)}\n\nreport  ${folder}`);
  if (request.publish) out.say(`Wrote ${publish(gateway, head.played, findings)}.`);
  return exitCodeOf(findings, comparison);
}

async function playOne(
  bed: TestBed,
  reference: string,
  { out, seed }: RoutesRequest,
  secretRegistry: SecretRegistry,
): Promise<{ played: PlayedRoutes; seconds: number }> {
  const image = await bed.image(reference);
  const shipped = await shippedPaths(bed.engine, image.id);
  const hookToken = secretRegistry.mint('hook token');
  const stage = await bootSingleStage(bed, image, {
    id: `routes-${reference.replace(/[^\w]+/g, '-')}`.slice(0, 40),
    gateway: routesGateway(image.version, hookToken),
    routes: Object.values(PLACES),
  });
  try {
    const began = performance.now();
    let requests = 0;
    const routes = await playRoutes({
      stage,
      secretRegistry,
      secrets: await makeSecrets(stage, secretRegistry, hookToken),
      order: orderFor(seed, 'routes'),
      told(more) {
        requests += more;
        out.progress(`openclaw ${stage.version()}: ${requests} requests`);
      },
    });
    const version = stage.version();
    const unwritten = shipped === null ? null : unwrittenPaths(version, shipped);
    return { played: { version, routes, unwritten }, seconds: (performance.now() - began) / 1000 };
  } finally {
    await stage.close();
  }
}

function writeReport(folder: string, report: RoutesReport, { redact }: SecretRegistry): void {
  try {
    writeWhole(path.join(folder, ROUTES_JSON), `${redact(JSON.stringify(report, null, 1))}\n`);
    writeWhole(path.join(folder, 'routes.md'), redact(renderRoutes(report)));
  } catch (error) {
    throw new UsageError(`The report in ${folder} cannot be written: ${messageOf(error)}`, 'Choose another folder.');
  }
}

/**
 * Publishes the routes of a release, without what nobody has published yet. Gives the path of the file. Throws UsageError if the gateway calls
 * itself by another version.
 */
function publish(release: string, played: PlayedRoutes, findings: readonly RouteFinding[]): string {
  if (played.version !== release)
    throw new UsageError(
      `${release} calls itself ${played.version}`,
      'Publish a release from npm, without an override.',
    );
  return writePublishedRoutes(ROOT, {
    command: `npx postern routes --publish --gateway ${played.version}`,
    withheld: findings.length,
    played: toStored(withoutFindings(played, findings)),
  });
}
