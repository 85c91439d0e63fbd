import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { publishedReleaseOf } from '../gateway/source/reference.ts';
import { worst } from '../judge/verdict.ts';
import { isPublished, published, readPublished, writePublished } from '../results/published.ts';
import { ROOT, requireCheckout } from '../root.ts';
import { edgesOf } from '../scenario/catalogue/edges.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { select, whyLeftOut } from '../scenario/catalogue/select.ts';
import { runSuite } from './run.ts';
import type { RunRequest } from './run-request.ts';

/**
 * Plays on each release the scenarios that have no published result there with their present digest, and writes the results that are as declared
 * to results/published. With `edges`, plays only those that have an edge at the release. The results of an interrupted run are written as well,
 * and the next run continues from them. Gives the worst exit code.
 * Throws UsageError for a gateway that is not published on npm, with scenarios of the user, and in the installed package.
 */
export async function publish(request: RunRequest, edges: boolean): Promise<ExitCode> {
  requireCheckout(edges ? '--edges' : '--publish');
  if (request.ownScenarios !== null)
    throw new UsageError(
      'only results of the catalogue are published',
      'Leave out --scenarios, or leave out --publish and --edges.',
    );
  const all = loadScenarios(ROOT);
  const picked = select(all, request.selection).filter((loaded) => whyLeftOut(loaded, request.selection) === null);
  const codes: ExitCode[] = [];
  for (const gateway of request.gateways) {
    const version = await publishedReleaseOf(
      gateway,
      '--publish keeps only results of releases on npm: give a version, such as 2026.4.1.',
    );
    const before = readPublished(ROOT, version);
    const wanted = picked.filter((loaded) => !edges || edgesOf(loaded).includes(version));
    const only = wanted.filter((loaded) => !isPublished(before, loaded)).map(({ scenario }) => scenario.id);
    if (only.length === 0) {
      request.out.say(`${version}: nothing to play, all ${wanted.length} scenarios are published.`);
      continue;
    }
    request.out.say(`${version}: ${only.length} of ${wanted.length} scenarios to play.`);
    const { report, exitCode } = await runSuite({
      ...request,
      gateways: [version],
      selection: { only, classes: [], tags: [], profile: null },
    });
    codes.push(exitCode);
    if (report.checks.length > 0) {
      const { now, left } = published(before, report.checks, all);
      request.out.say(`Wrote ${writePublished(ROOT, now)}${left.length > 0 ? `, without ${left.join(', ')}` : ''}.`);
    } else request.out.say(`${version}: nothing was judged, so nothing is published.`);
    if (exitCode === EXIT.interrupted) break;
  }
  return worst(codes);
}
