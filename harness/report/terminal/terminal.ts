import pc from 'picocolors';
import type { Report, RunEvent } from '../../results/report.ts';
import { count, duration } from '../../text/format.ts';
import type { Output } from './output.ts';
import { finalLines } from './terminal-final.ts';
import { labelled, type Paint, title } from './terminal-paint.ts';
import { clock, fitTo, safe } from './terminal-text.ts';

/** Shows the progress of a run, and its result. */
export type Progress = {
  on(event: RunEvent): void;
  /** Removes the live view and prints the final block; `paths` are the files that it names for the user to open. */
  finish(report: Report, paths: readonly string[]): void;
};

/** The state of a run in progress. */
type State = {
  startedMs: number;
  nowMs: number;
  checks: number;
  seen: number;
  red: number;
  booting: Map<string, string>;
  ready: Set<string>;
  scenarios: Set<string>;
};

/** The interval at which the clock of the live view is redrawn without an event, in milliseconds. */
const TICK_MS = 1_000;

/**
 * Creates the live progress on `out`. On a terminal it is a few lines that are redrawn in place, and checks that do not hold are printed
 * above them. Without a terminal it is one plain line per event. Never throws.
 */
export function createProgress(out: Output): Progress {
  const paint = pc.createColors(out.color);
  const state: State = {
    startedMs: 0,
    nowMs: 0,
    checks: 0,
    seen: 0,
    red: 0,
    booting: new Map(),
    ready: new Set(),
    scenarios: new Set(),
  };
  let drawn = 0;

  const show = (lines: readonly string[], live: readonly string[]): void => {
    out.show([...lines, ...live], drawn);
    drawn = live.length;
  };
  const live = (): string[] => (out.tty ? liveLines(state, out.columns, paint) : []);

  const tick = setInterval(() => {
    if (!out.tty || drawn === 0) return;
    state.nowMs = Math.max(state.nowMs, Date.now());
    show([], live());
  }, TICK_MS);
  tick.unref();

  return {
    on(event) {
      note(state, event);
      show(out.tty ? linesAbove(event, paint) : plainLines(event, state, paint), live());
    },
    finish(report, paths) {
      clearInterval(tick);
      show(finalLines(report, paths, paint), []);
    },
  };
}

function note(state: State, event: RunEvent): void {
  const at = Date.parse(event.at);
  if (!Number.isNaN(at)) state.nowMs = Math.max(state.nowMs, at);
  switch (event.event) {
    case 'run-started':
      state.startedMs = state.nowMs;
      state.checks = event.checks;
      return;
    case 'stage-booting':
      state.booting.set(event.stage, event.gateway);
      return;
    case 'stage-ready':
      state.booting.delete(event.stage);
      state.ready.add(event.stage);
      return;
    case 'stage-failed':
      state.booting.delete(event.stage);
      state.ready.delete(event.stage);
      return;
    case 'scenario-started':
      state.scenarios.add(`${event.scenario} on ${event.gateway}`);
      return;
    case 'scenario-finished':
      state.scenarios.delete(`${event.scenario} on ${event.gateway}`);
      return;
    case 'check':
      state.seen += 1;
      state.red += event.check.holds ? 0 : 1;
      return;
    case 'image-ready':
    case 'problem':
    case 'run-finished':
      return;
  }
}

function liveLines(state: State, columns: number, paint: Paint): string[] {
  const booting = [...state.booting].map(([stage, gateway]) => `${stage} on ${gateway}`);
  const lines = [
    [
      'stages',
      `${state.ready.size} ready, ${booting.length} booting${booting.length > 0 ? `: ${booting.join(', ')}` : ''}`,
    ],
    ['checks', `${state.seen}/${state.checks}, ${state.red} not holding, ${clock(state.nowMs - state.startedMs)}`],
    ['now', [...state.scenarios].join(', ') || 'waiting for a gateway'],
  ] as const;
  return lines.map(([label, text]) => paint.dim(fitTo(columns - 1, `${label.padEnd(7)} ${safe(text)}`)));
}

/** The lines of an event that stay on the screen, above the live view. */
function linesAbove(event: RunEvent, paint: Paint): string[] {
  switch (event.event) {
    case 'check':
      if (event.check.holds) return [];
      return [
        title(paint, event.check),
        labelled(paint, 'expected', event.check.expected),
        labelled(paint, 'seen', event.check.seen),
      ];
    case 'stage-failed':
      return [paint.red(safe(`Stage ${event.stage} of ${event.gateway} did not start: ${event.why}`))];
    case 'problem':
      return [paint.red(`Problem: ${safe(event.text)}`)];
    case 'run-started':
      return [paint.dim(`Seed ${event.seed}: --seed ${event.seed} repeats the order and the random knocks.`)];
    case 'image-ready':
    case 'run-finished':
    case 'scenario-finished':
    case 'scenario-started':
    case 'stage-booting':
    case 'stage-ready':
      return [];
  }
}

/** The lines of an event without a terminal, for a log. */
function plainLines(event: RunEvent, state: State, paint: Paint): string[] {
  const line = (text: string): string[] => [`${clock(state.nowMs - state.startedMs)} ${safe(text)}`];
  switch (event.event) {
    case 'run-started':
      return line(
        `${count(event.checks, 'check')} in ${count(event.scenarios, 'scenario')} on ${event.gateways.join(', ')}, seed ${event.seed}`,
      );
    case 'image-ready':
      return line(
        `image ${event.tag} for ${event.gateway} ${event.cached ? 'exists' : `was built in ${event.seconds} s`}`,
      );
    case 'stage-booting':
      return line(`stage ${event.stage} of ${event.gateway} is booting`);
    case 'stage-ready':
      return line(`stage ${event.stage} of ${event.gateway} is ready: ${event.version}, ${duration(event.ms)}`);
    case 'scenario-finished':
      return line(`done ${event.scenario} on ${event.gateway}, ${duration(event.ms)}`);
    case 'run-finished':
      return line(`finished with exit code ${event.exitCode} after ${duration(event.wallMs)}`);
    case 'scenario-started':
      return [];
    case 'check':
    case 'problem':
    case 'stage-failed':
      return linesAbove(event, paint);
  }
}
