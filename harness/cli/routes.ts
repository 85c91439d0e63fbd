import type { Command } from 'commander';
import type { Output } from '../report/terminal/output.ts';
import { addSurvey } from './survey-command.ts';

/** Adds `postern routes`, which sends every HTTP route of a gateway requests of every kind. */
export function addRoutes(program: Command, output: Output): void {
  addSurvey(program, output, {
    name: 'routes',
    description: 'Send every HTTP route of a gateway requests of every kind; report what opens which, and compare it.',
    publishes: 'write the routes of a release to results/routes, without findings that nobody has published',
    help: `
The requests differ in credential, place, method, form of the path, Host, Origin and headers of a proxy. Their bodies are ones that no route takes,
so nothing is started. Exit 4: a request opens a route that it does not open on the base. Exit 1: a property of a route is broken, or the sources
of the release have a path that nobody wrote down.

Examples:
  postern routes --gateway 2026.9.6
  postern routes --gateway ./openclaw.tgz --compare 2026.9.6
  postern routes --gateway ./openclaw.tgz --compare reports/routes-mfq1z2k4-9c`,
    async run(request) {
      // Only this command needs the engine.
      const { runSurvey } = await import('../survey/run-survey.ts');
      const { ROUTES_SURVEY } = await import('../routes/routes-survey.ts');
      return runSurvey(request, ROUTES_SURVEY);
    },
  });
}
