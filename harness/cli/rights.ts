import type { Command } from 'commander';
import type { Output } from '../report/terminal/output.ts';
import { addSurvey } from './survey-command.ts';

/** Adds `postern rights`, which calls every method of a gateway as every kind of caller. */
export function addRights(program: Command, output: Output): void {
  addSurvey(program, output, {
    name: 'rights',
    description: 'Call every method of a gateway as every kind of caller; report who may call what, and compare it.',
    publishes: 'write the matrix of a release to results/rights, without findings that nobody has published',
    help: `
The calls have parameters that no method takes, so nothing is started. Methods that do their work all the same are called last, and the stage is
then removed. Exit 4: a caller may make a call that it could not make on the base. Exit 1: a property of the matrix is broken.

Examples:
  postern rights --gateway 2026.9.6
  postern rights --gateway ./openclaw.tgz --compare 2026.9.6
  postern rights --gateway ./openclaw.tgz --compare reports/rights-mfq1z2k4-9c`,
    async run(request) {
      // Only this command needs the engine.
      const { runSurvey } = await import('../survey/run-survey.ts');
      const { RIGHTS_SURVEY } = await import('../rights/rights-survey.ts');
      return runSurvey(request, RIGHTS_SURVEY);
    },
  });
}
