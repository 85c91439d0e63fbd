import type { Command } from 'commander';
import { TABLE_CHECKS } from '../pairwise/properties.ts';
import type { Output } from '../report/terminal/output.ts';
import { TABLE_ID } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { loadScenariosWith } from '../scenario/catalogue/load.ts';
import { select } from '../scenario/catalogue/select.ts';
import {
  ownScenariosOf,
  type ScenariosOption,
  type SelectionOptions,
  selectionOf,
  withScenarios,
  withSelection,
} from './options.ts';

/** Adds `postern list`, which prints the scenarios and, with --checks, their checks. */
export function addList(program: Command, output: Output): void {
  const command = program
    .command('list')
    .description('List scenarios with the releases they affect, without running anything.')
    .option('--checks', 'also list every check; without a filter, those of the decision table too', false)
    .addHelpText(
      'after',
      '\nExamples:\n  postern list --class stale-scopes\n  postern list --checks --only "host-header/*"\n  postern list --scenarios ./postern',
    )
    .action((options: SelectionOptions & ScenariosOption & { checks: boolean }) => {
      const selection = selectionOf(options, null);
      const scenarios = select(loadScenariosWith(ROOT, ownScenariosOf(options, [])), selection);
      for (const { scenario, checks } of scenarios) {
        const tags = scenario.tags.length === 0 ? '' : `  tags: ${scenario.tags.join(', ')}`;
        output.say(`${scenario.id}  [${scenario.affected}]${tags}\n    ${scenario.title}`);
        if (options.checks) for (const check of checks) output.say(`      ${check.id}`);
      }
      const total = scenarios.reduce((count, { checks }) => count + checks.length, 0);
      const whole = [...selection.only, ...selection.classes, ...selection.tags].length === 0;
      const table = options.checks && whole ? TABLE_CHECKS : [];
      if (table.length > 0) output.say(`${TABLE_ID}\n    The decision table, which \`--table\` adds to a run`);
      for (const id of table) output.say(`      ${id}`);
      const others = table.length === 0 ? '' : `, and ${table.length} checks of the decision table`;
      output.say(`\n${scenarios.length} scenarios, ${total} checks${others}`);
    });
  withSelection(withScenarios(command));
}
