import type { Command } from 'commander';
import type { Output } from '../report/terminal/output.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';
import { select } from '../scenario/select.ts';
import { type SelectionOptions, selectionOf, withSelection } from './options.ts';

/** `postern list`: what there is to play. */
export function addList(program: Command, output: Output): void {
  const command = program
    .command('list')
    .description('List scenarios with the releases they affect, without running anything.')
    .option('--checks', 'list every check as well', false)
    .addHelpText(
      'after',
      '\nExamples:\n  postern list --class stale-scopes\n  postern list --checks --only "host-header/*"',
    )
    .action((options: SelectionOptions & { checks: boolean }) => {
      const scenarios = select(loadScenarios(ROOT), selectionOf(options));
      for (const { scenario, checks } of scenarios) {
        output.say(`${scenario.id}  [${scenario.affected}]\n    ${scenario.title}`);
        if (options.checks) for (const check of checks) output.say(`      ${check.id}`);
      }
      const total = scenarios.reduce((count, { checks }) => count + checks.length, 0);
      output.say(`\n${scenarios.length} scenarios, ${total} checks`);
    });
  withSelection(command);
}
