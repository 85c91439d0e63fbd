import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { parseReference, resolvePublished } from '../gateway/reference.ts';
import { worst } from '../judge/verdict.ts';
import { isPublished, published, readPublished, writePublished } from '../results/published.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';
import { select, whyLeftOut } from '../scenario/select.ts';
import { type RunRequest, runSuite } from './run.ts';

/**
 * Plays on each release what was not yet played there as it is written now, and keeps what showed as declared in
 * reports/published. Interrupted or not, what a release showed is kept, and the next run goes on from there.
 * Gives the worst exit code. Throws UsageError for a gateway that npm has not published.
 */
export async function publish(request: RunRequest): Promise<ExitCode> {
  const all = loadScenarios(ROOT);
  const picked = select(all, request.selection).filter((loaded) => whyLeftOut(loaded, request.selection) === null);
  const codes: ExitCode[] = [];
  for (const gateway of request.gateways) {
    const reference = parseReference(gateway);
    if (reference.kind !== 'version' && reference.kind !== 'npm')
      throw new UsageError(
        `${gateway} is no published release`,
        'Only what everybody can install is published: give a version.',
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
