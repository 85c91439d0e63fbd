import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { loadAccepted } from '../compare/accepted-weakenings.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { loadPolicy, POLICY_FILE } from '../release/policy.ts';
import type { Output } from '../report/terminal/output.ts';
import { ROOT } from '../root.ts';
import { type LoadedScenario, loadGiven, loadScenariosWith } from '../scenario/catalogue/load.ts';
import { count, listed } from '../text/format.ts';
import { ownScenariosOf, type ScenariosOption, withScenarios } from './options.ts';

/** Adds `postern lint`, which validates all scenarios, the deviations, the accepted weakenings and the release policy. Faults are thrown as UsageError. */
export function addLint(program: Command, output: Output): void {
  const command = program
    .command('lint')
    .argument('[files...]', 'scenario files to validate instead of the catalogue; any path')
    .description(
      'Validate all scenarios, deviations, accepted weakenings and the release policy; print each fault with file, line and column.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  postern lint\n  postern lint ../my-scenarios/new.yaml\n  postern lint --scenarios ./postern',
    )
    .action((files: string[], options: ScenariosOption) => {
      const scenarios = loadScenariosWith(ROOT, ownScenariosOf(options, files));
      if (files.length > 0) {
        const given = loadGiven(ROOT, files, scenarios);
        output.say(`${listed([count(given.length, 'scenario'), count(checksIn(given), 'check')])} are sound.`);
        return;
      }
      const declared = declaredChecks(scenarios);
      const deviations = loadDeviations(ROOT, declared);
      const accepted = loadAccepted(ROOT, declared);
      if (existsSync(path.join(ROOT, POLICY_FILE))) loadPolicy(ROOT, declared);
      output.say(
        `${scenarios.length} scenarios, ${checksIn(scenarios)} checks, ${deviations.length} deviations and ${accepted.length} accepted weakenings are sound.`,
      );
    });
  withScenarios(command);
}

function checksIn(scenarios: readonly LoadedScenario[]): number {
  return scenarios.reduce((sum, { checks }) => sum + checks.length, 0);
}
