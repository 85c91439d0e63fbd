import type { Command } from 'commander';
import { loadAccepted } from '../compare/acceptance.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import type { Output } from '../report/terminal/output.ts';
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
      const declared = declaredChecks(scenarios);
      const checks = scenarios.flatMap((loaded) => loaded.checks);
      const deviations = loadDeviations(ROOT, declared);
      const accepted = loadAccepted(ROOT, declared);
      output.say(
        `${scenarios.length} scenarios, ${checks.length} checks, ${deviations.length} deviations and ${accepted.length} accepted weakenings are sound.`,
      );
    });
}
