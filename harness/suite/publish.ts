import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { parseReference, resolvePublished } from '../gateway/reference.ts';
import { worst } from '../judge/verdict.ts';
import { isPublished, published, readPublished, writePublished } from '../results/published.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';
import { select, whyLeftOut } from '../scenario/select.ts';
import { type RunRequest, runSuite } from './run.ts';

/**
 * Plays on each release the scenarios that have no published result there with their present digest, and writes the results that are as declared
 * to results/published. The results of an interrupted run are written as well, and the next run continues from them. Gives the worst exit code.
 * Throws UsageError for a gateway that is not published on npm.
 */
export async function publish(request: RunRequest): Promise<ExitCode> {
  const all = loadScenarios(ROOT);
  const picked = select(all, request.selection).filter((loaded) => whyLeftOut(loaded, request.selection) === null);
  const codes: ExitCode[] = [];
  for (const gateway of request.gateways) {
    const reference = parseReference(gateway);
    if (reference.kind !== 'version' && reference.kind !== 'npm')
      throw new UsageError(
        `${gateway} is not a published release`,
        '--publish keeps only results of releases on npm: give a version, such as 2026.4.1.',
      );
    const resolved = await resolvePublished(reference);
    const before = readPublished(ROOT, resolved.version);
    const only = picked.filter((loaded) => !isPublished(before, loaded)).map(({ scenario }) => scenario.id);
    if (only.length === 0) {
      request.out.say(`${resolved.version}: nothing to play, all ${picked.length} scenarios are published.`);
      continue;
    }
    request.out.say(`${resolved.version}: ${only.length} of ${picked.length} scenarios to play.`);
    const { report, exitCode } = await runSuite({
      ...request,
      gateways: [resolved.version],
      selection: { only, classes: [], tags: [] },
    });
    const { now, left } = published(before, report.checks, all);
    request.out.say(`Wrote ${writePublished(ROOT, now)}${left.length > 0 ? `, without ${left.join(', ')}` : ''}.`);
    codes.push(exitCode);
    if (exitCode === EXIT.interrupted) break;
  }
  return worst(codes);
}
