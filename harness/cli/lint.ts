import type { Command } from 'commander';
import { loadDeviations } from '../judge/deviation.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';

/** `postern lint`: reads every scenario and the deviation list, and says what is wrong with them. */
export function addLint(program: Command): void {
  program
    .command('lint')
    .description('Read every scenario and the deviation list; print each fault with file, line and column.')
    .addHelpText('after', '\nExample:\n  postern lint')
    .action(() => {
      const scenarios = loadScenarios(ROOT);
      const ids = scenarios.flatMap(({ checks }) => checks.map(({ id }) => id));
      const deviations = loadDeviations(ROOT, new Set(ids));
      process.stdout.write(
        `${scenarios.length} scenarios, ${ids.length} checks and ${deviations.length} deviations are sound.\n`,
      );
    });
}
