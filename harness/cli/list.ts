import type { Command } from 'commander';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';
import { select } from '../scenario/select.ts';
import { type SelectionOptions, selectionOf, withSelection } from './options.ts';

/** `postern list`: what there is to play. */
export function addList(program: Command): void {
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
        process.stdout.write(`${scenario.id}  [${scenario.affected}]\n    ${scenario.title}\n`);
        if (options.checks) for (const check of checks) process.stdout.write(`      ${check.id}\n`);
      }
      const total = scenarios.reduce((count, { checks }) => count + checks.length, 0);
      process.stdout.write(`\n${scenarios.length} scenarios, ${total} checks\n`);
    });
  withSelection(command);
}
