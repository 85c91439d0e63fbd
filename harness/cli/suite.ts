import { UsageError } from '../exit.ts';
import type { Output } from '../report/terminal/output.ts';
import { freshSeed } from '../seed.ts';
import type { RunRequest } from '../suite/run-request.ts';
import {
  commandLine,
  ownScenariosOf,
  type PlayOptions,
  type ProfileOptions,
  profileOf,
  selectionOf,
  shardOf,
} from './options.ts';

/** The options that `run` and `matrix` share. */
export type SuiteOptions = PlayOptions & ProfileOptions & { gateway: string[] };

/** Plays scenarios as the options say, and sets `process.exitCode`. */
export async function playSuite(
  options: SuiteOptions,
  output: Output,
  defaults: readonly string[],
  {
    publish,
    ...how
  }: Pick<RunRequest, 'files' | 'purpose' | 'whileKept' | 'prune' | 'table' | 'comparison'> & {
    /** Which scenarios are played for publication: all, or those with an edge at the release; null to publish nothing. */
    publish: 'all' | 'edges' | null;
  },
): Promise<void> {
  const shard = shardOf(options);
  if (shard !== null && publish !== null)
    throw new UsageError(
      '--shard cannot be given with --publish or --edges',
      'Play each release on a machine of its own, with --gateway: their results are separate files.',
    );
  const request: RunRequest = {
    ...how,
    leavesOut: null,
    evidenceIn: null,
    shard,
    surveys: publish === null && options.profile !== undefined,
    seed: options.seed ?? freshSeed(),
    gateways: options.gateway.length > 0 ? options.gateway : defaults,
    ownScenarios: ownScenariosOf(options, how.files),
    selection: selectionOf(options, profileOf(options)),
    disclosure: options.disclosure,
    reports: options.reports,
    command: commandLine(),
    out: output,
  };
  // Loading these modules takes a second; only `run` and `matrix` need them.
  if (publish !== null) {
    const suite = await import('../suite/publish.ts');
    process.exitCode = await suite.publish(request, publish === 'edges');
    return;
  }
  const { runSuite } = await import('../suite/run.ts');
  process.exitCode = (await runSuite(request)).exitCode;
}
