import type { Command } from 'commander';
import type { Output } from '../report/terminal/output.ts';
import { addSurvey } from './survey-command.ts';

/** Adds `postern settings`, which knocks at a gateway with each of its access settings. */
export function addSettings(program: Command, output: Output): void {
  addSurvey(program, output, {
    name: 'settings',
    description: 'Give a gateway each access setting, alone and combined; report who gets in with it.',
    publishes: 'write the settings of a release to results/settings, without findings that nobody has published',
    help: `
The gateway runs with each value of auth, bind, trustedProxies, origins and the other settings about access. Every kind of client knocks at each.
Exit 4: a client gets further than on the base, or the audit no longer warns. Exit 1: a property of the settings is broken.

Examples:
  postern settings --gateway 2026.9.6
  postern settings --gateway ./openclaw.tgz --compare 2026.9.6
  postern settings --gateway ./openclaw.tgz --compare reports/settings-mfq1z2k4-9c`,
    async run(request) {
      // Only this command needs the engine.
      const { runSurvey } = await import('../survey/run-survey.ts');
      const { SETTINGS_SURVEY } = await import('../settings/settings-survey.ts');
      return runSurvey(request, SETTINGS_SURVEY);
    },
  });
}
