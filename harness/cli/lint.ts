import type { Command } from 'commander';
import { loadAccepted } from '../boundary/acceptance.ts';
import { TABLE_CHECKS } from '../boundary/invariants.ts';
import { loadDeviations } from '../judge/deviation.ts';
import type { Output } from '../report/output.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';

/** `postern lint`: reads every scenario and the two lists beside them, and says what is wrong with them. */
export function addLint(program: Command, output: Output): void {
  program
    .command('lint')
    .description('Read every scenario, and what is let be or accepted; print each fault with file, line and column.')
    .addHelpText('after', '\nExample:\n  postern lint')
    .action(() => {
      const scenarios = loadScenarios(ROOT);
      const ids = scenarios.flatMap(({ checks }) => checks.map(({ id }) => id));
      const deviations = loadDeviations(ROOT, new Set([...ids, ...TABLE_CHECKS]));
      const accepted = loadAccepted(ROOT);
      output.say(
        `${scenarios.length} scenarios, ${ids.length} checks, ${deviations.length} deviations and ${accepted.length} accepted weakenings are sound.`,
      );
    });
}
