import type { Command } from 'commander';
import { UsageError } from '../exit.ts';
import { FUZZED_KNOCKS } from '../limits.ts';
import type { Output } from '../report/terminal/output.ts';
import { replayText } from '../report/terminal/replay-text.ts';
import { defaultDisclosure } from '../results/disclosure.ts';
import { readStoredPlay } from '../results/stored-play.ts';
import { ROOT } from '../root.ts';
import { loadGiven, loadScenarios } from '../scenario/catalogue/load.ts';
import { freshSeed } from '../seed.ts';
import { commandLine, type SeedOption, withGateways, withSeed } from './options.ts';

type ReplayOptions = SeedOption & { gateway: string[]; reports: string; from?: string; file?: string; path?: string };

const DEFAULT_GATEWAYS = ['latest'];

/** The columns of output that no terminal shows, such as the log of a CI job: two gateways beside each other fit. */
const COLUMNS_OF_A_FILE = 160;

/** Adds `postern replay`, which plays one check, scenario or cell again and shows everything of it. */
export function addReplay(program: Command, output: Output): void {
  const command = program
    .command('replay <id>')
    .description(
      'Play one check, scenario or cell again, and show what was sent and received, the pairing list, the log and the verdict.',
    )
    .option('--from <report>', 'a report folder: play on its gateways (those of a gate: base and head), with its seed')
    .option('--file <path>', 'the scenario file that has the id, if it is not in the catalogue')
    .option('--path <path>', 'with --seed: the random knock that violated a property, as the report shows it')
    .addHelpText(
      'after',
      `
Two gateways are shown beside each other. The exit codes are those of \`postern run\`.

Examples:
  postern replay stale-scopes/local-write-after-read --gateway 2026.4.1       a scenario, with every check
  postern replay host-header/dns-rebinding/rebound-webchat                    one check of it
  postern replay table/loopback+wrong-secret/again --from reports/latest      a cell of a gate, on base and head
  postern replay xff-loopback --gateway 2026.4.1 --gateway ./openclaw-pr.tgz  a cell on two gateways
  postern replay boundary/table/knocks-made-up --seed 7 --path 3:0            a violation that fuzzing found`,
    )
    .action((id: string, options: ReplayOptions) => replay(id, options, output));
  withSeed(withGateways(command, DEFAULT_GATEWAYS));
}

async function replay(id: string, options: ReplayOptions, output: Output): Promise<void> {
  const { from, file, path = null, gateway, reports } = options;
  const stored = from === undefined ? null : readStoredPlay(from);
  const seed = options.seed ?? stored?.seed ?? freshSeed();
  if (path !== null) validatePath(path, options);
  const catalogue = loadScenarios(ROOT);
  const files = file === undefined ? [] : [file];
  const scenarios = file === undefined ? catalogue : loadGiven(ROOT, files, catalogue);
  // Loading these modules takes a second, which a mistyped option need not cost.
  const [{ replayTarget }, { runSuite }, { tableWithoutRechecks }] = await Promise.all([
    import('../suite/replay-target.ts'),
    import('../suite/run.ts'),
    import('../suite/run-request.ts'),
  ]);
  const runs = path === null ? FUZZED_KNOCKS.quick : 1;
  const { selection, part, focus } = replayTarget(id, scenarios, { path, runs });
  const played = stored?.gateways ?? DEFAULT_GATEWAYS;
  const columns = output.tty ? output.columns : COLUMNS_OF_A_FILE;
  const { exitCode } = await runSuite({
    purpose: 'run',
    surveys: false,
    gateways: gateway.length > 0 ? gateway : played,
    files,
    ownScenarios: null,
    selection,
    table: part === null ? null : tableWithoutRechecks({ part, save: false }),
    seed,
    shard: null,
    reports,
    comparison: null,
    leavesOut: null,
    evidenceIn: (report) => replayText(report, focus, columns),
    disclosure: defaultDisclosure(process.env),
    prune: false,
    whileKept: null,
    command: commandLine(),
    out: output,
  });
  process.exitCode = exitCode;
}

/** Throws UsageError for a path that no search prints, and for one without the seed of its search. */
function validatePath(path: string, { seed, from }: ReplayOptions): void {
  if (seed === undefined && from === undefined)
    throw new UsageError('--path is given without --seed', 'Give both, as the report shows them.');
  if (!/^\d+(:\d+)*$/.test(path))
    throw new UsageError(`--path ${path} is not a path`, 'Copy the path that the report shows, such as 12:0:3.');
}
