import type { Command } from 'commander';
import type { Output } from '../report/terminal/output.ts';
import { addSurvey } from './survey-command.ts';

/** Adds `postern events`, which listens as every kind of caller while a gateway works. */
export function addEvents(program: Command, output: Output): void {
  addSurvey(program, output, {
    name: 'events',
    description: 'Listen as every kind of caller while others pair, work and decide; report which event reaches whom.',
    publishes: 'write the events of a release to results/events, without findings that nobody has published',
    help: `
Each caller subscribes to all that a client can subscribe to. Then devices pair, an agent takes a turn with a mock LLM, and an operator decides.
Exit 4: an event, or its content, reaches a caller that it does not reach on the base. Exit 1: a property of an event is broken.

Examples:
  postern events --gateway 2026.9.6
  postern events --gateway ./openclaw.tgz --compare 2026.9.6
  postern events --gateway ./openclaw.tgz --compare reports/events-mfq1z2k4-9c`,
    async run(request) {
      // Only this command needs the engine.
      const { runSurvey } = await import('../survey/run-survey.ts');
      const { EVENTS_SURVEY } = await import('../events/events-survey.ts');
      return runSurvey(request, EVENTS_SURVEY);
    },
  });
}
