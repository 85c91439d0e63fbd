import type { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../exit.ts';
import { describeExpectation } from '../judge/describe.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { describeProperty } from '../pairwise/knock-property.ts';
import { fileOfProperty, TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import { saySource } from '../properties/documentation.ts';
import { replayCommand } from '../replay-command.ts';
import type { Output } from '../report/terminal/output.ts';
import { TABLE_ID } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { controlOf } from '../scenario/catalogue/checks.ts';
import { type LoadedScenario, loadScenariosWith } from '../scenario/catalogue/load.ts';
import { OUTCOME_WORDS } from '../scenario/catalogue/workaround.ts';
import { ownScenariosOf, type ScenariosOption, withScenarios } from './options.ts';

/** One line of the output: a label and its text; a row with null is not printed. */
type Row = [label: string, text: string | null];

/** Adds `postern explain`, which prints what is declared about one check, without running it. Throws UsageError for an unknown id. */
export function addExplain(program: Command, output: Output): void {
  const command = program
    .command('explain <check>')
    .description('Print what a check expects, why, what users saw, and how to repeat it.')
    .addHelpText(
      'after',
      `
Examples:
  postern explain stale-scopes/local-write-after-read/local-upgrade
  postern explain ${tableCheck('strangers-wait')}`,
    )
    .action((id: string, options: ScenariosOption) => {
      const scenarios = loadScenariosWith(ROOT, ownScenariosOf(options, []));
      const declared = declaredChecks(scenarios);
      if (!declared.has(id))
        throw new UsageError(
          `there is no check "${id}"`,
          didYouMean(id, declared, '`postern list --checks` lists every check.'),
        );
      const deviations = loadDeviations(ROOT, declared)
        .filter(({ check }) => check === id)
        .map(({ releases, reason, link }) => `${releases}: ${reason} (${link})`);
      const rows: Row[] = [
        ['check', id],
        ...(id.startsWith(`${TABLE_ID}/`) ? tellProperty(id) : tellCheck(id, scenarios)),
        ['deviation', deviations.join('; ') || null],
        ['repeat', replayCommand(id, { file: fileOf(id, scenarios) })],
      ];
      for (const [label, text] of rows) if (text !== null) output.say(`${label.padEnd(11)} ${text}`);
    });
  withScenarios(command);
}

/** The file of a check's scenario, if that is not in the catalogue. */
function fileOf(id: string, scenarios: readonly LoadedScenario[]): string | null {
  return scenarios.find(({ checks }) => checks.some((check) => check.id === id))?.outside ?? null;
}

/** The rows for a property of the decision table, or for the check of random knocks, which must satisfy every property. */
function tellProperty(id: string): Row[] {
  const property = TABLE_PROPERTIES.find((each) => tableCheck(each.id) === id);
  if (property === undefined) {
    return [
      ['expected', 'Random knocks from a seed satisfy every property of the decision table.'],
      ['written in', 'harness/pairwise/fuzz.ts'],
    ];
  }
  return [
    ['expected', describeProperty(property)],
    ...property.sources.map((source): Row => ['source', saySource(source)]),
    ['releases', property.releases],
    ['level', 'must, blocks a release'],
    ['written in', fileOfProperty(property.id)],
  ];
}

function tellCheck(id: string, scenarios: readonly LoadedScenario[]): Row[] {
  return scenarios.flatMap((loaded) =>
    loaded.checks.filter((check) => check.id === id).flatMap((check) => tellOf(loaded, check)),
  );
}

function tellOf({ scenario, checks }: LoadedScenario, check: LoadedScenario['checks'][number]): Row[] {
  const { because, hardened, symptom } = check.step;
  const control = check.expect.refused === undefined ? null : controlOf(check, checks);
  return [
    ['scenario', scenario.title],
    ['why', scenario.why],
    ['reported', scenario.reported.join(', ')],
    ['affected', scenario.affected],
    ['level', `${scenario.level}${scenario.blocker ? ', blocks a release' : ''}`],
    ['written in', `${check.place.file}:${check.place.line}:${check.place.column}`],
    ['expected', describeExpectation(check.expect)],
    ['because', because ?? null],
    [
      'hardened',
      hardened === undefined
        ? null
        : `${hardened.releases}: ${describeExpectation(hardened.expect)} (${hardened.because})`,
    ],
    ['symptom', symptom === undefined ? null : describeExpectation(symptom)],
    ['control', control === null ? null : `${control.id}: ${describeExpectation(control.expect)}`],
    [
      'workaround',
      check.workaround === null ? null : `${check.workaround.advice} (${OUTCOME_WORDS[check.workaround.outcome]})`,
    ],
  ];
}
