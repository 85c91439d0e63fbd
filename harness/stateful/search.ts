import fc from 'fast-check';
import { EnvironmentError, EXIT, type ExitCode, isPosternError, type PosternError } from '../exit.ts';
import type { Stage } from '../gateway/stage.ts';
import type { Timeouts } from '../play/context.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { type Action, describeAction, describeSeen } from './action.ts';
import { commandRuns, type Model, type Real } from './commands.ts';
import { closeScene, execute, openScene } from './execute.ts';
import { forgiving, nextState } from './next-state.ts';
import { type Path, replayIn } from './path.ts';
import { ruleOn } from './properties.ts';
import type { Breach, Property } from './property.ts';
import { knownBreak, type Release, releaseOf } from './releases.ts';
import { START } from './state.ts';

export type SearchRequest = {
  stage: Stage;
  secretRegistry: SecretRegistry;
  timeouts: Timeouts;
  seed: number;
  /** Where a violation was found before: this run alone is carried out. */
  path: Path | null;
  /** How many runs of commands; fewer where time is up before. */
  runs: number;
  withinMs: number;
  /** How long a gateway may take to end the session of a device that was revoked. */
  endsWithinSeconds: number;
  /** Takes what the release is known to break for a violation, too. */
  strict: boolean;
  /** Whether runs may restart the gateway. */
  restarts: boolean;
  /** True once nobody waits for the result any more. */
  stopped(): boolean;
  /** Told of every run that is over. */
  ran(runs: number, actions: number): void;
};

/** A run of commands that ended in a broken property: what was done, with what was seen of it, and what should have been. */
export type Counterexample = { property: Property; breach: Breach; actions: readonly { said: string; seen: string }[] };

export type SearchResult = {
  version: string;
  seed: number;
  /** Runs that were asked for, and those that were carried out; those that a violation was shrunk by are left out. */
  asked: number;
  runs: number;
  /** Deeds by their kind, and properties by how often they were held against one; of the same runs. */
  actions: ReadonlyMap<string, number>;
  held: ReadonlyMap<string, number>;
  /** Properties that the release is known to break, by how often it did. */
  known: ReadonlyMap<string, number>;
  /** The smallest that was found, and how to come there again. */
  violation: (Counterexample & { path: Path; shrinks: number }) | null;
  wallMs: number;
};

const more = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

/**
 * Carries out runs of commands on a stage that is up, and holds every property against every deed. A violation is shrunk to a short run.
 * Throws EnvironmentError where nothing was learned: then nothing is said of the gateway, not even what held until then.
 */
export async function search(request: SearchRequest): Promise<SearchResult> {
  const { stage, seed, path } = request;
  const release = releaseOf(stage.version());
  const began = performance.now();
  const endsWithinSeconds = timeToEnd(request, release);
  const actions = new Map<string, number>();
  const held = new Map<string, number>();
  const known = new Map<string, number>();
  let runs = 0;
  let count = 0;
  const end: { violation: Counterexample | null; trouble: PosternError | null } = { violation: null, trouble: null };
  const isOver = (): boolean =>
    end.trouble !== null || request.stopped() || performance.now() - began > request.withinMs;

  const note = (error: unknown): void => {
    // Trouble is no violation: nothing is shrunk by it.
    if (!isPosternError(error)) throw error;
    end.trouble = error;
  };
  const runOnce = async (commands: Iterable<fc.AsyncCommand<Model, Real>>): Promise<void> => {
    const context = openScene(stage, request.secretRegistry, request.timeouts, seed, () => {});
    const trace: { said: string; seen: string }[] = [];
    const isSearch = end.violation === null;
    const act = async (model: Model, action: Action): Promise<void> => {
      const seen = await execute(context, model.state, action, endsWithinSeconds);
      const step = { before: model.state, action, seen, release };
      trace.push({ said: describeAction(action), seen: describeSeen(step.seen) });
      count += 1;
      if (isSearch) more(actions, action.kind);
      let isForgiven = false;
      for (const { property, breach } of ruleOn(step)) {
        if (isSearch) more(held, property.name);
        if (breach === null) continue;
        if (request.strict || knownBreak(property.name, release) === null) {
          end.violation = { property, breach, actions: trace };
          throw new Error(property.statement);
        }
        isForgiven = true;
        if (isSearch) more(known, property.name);
      }
      const next = nextState(model.state, action, step.seen, release);
      model.state = isForgiven ? forgiving(next) : next;
    };
    const model: Model = { state: { ...START, restarted: !request.restarts }, release };
    try {
      await fc.asyncModelRun(() => ({ model, real: { do: act } }), commands);
    } finally {
      await closeScene(context).catch(note);
    }
    if (isSearch) runs += 1;
    request.ran(runs, count);
  };

  const property = fc.asyncProperty(commandRuns(path?.replay ?? null), async (commands) => {
    // What comes after the end counts as held, so that the search ends, and a violation is as small as it has become by then.
    if (isOver()) return;
    await runOnce(commands).catch(note);
  });
  const details = await fc.check(property, {
    seed,
    numRuns: path === null ? request.runs : 1,
    ...(path === null ? {} : { path: path.path }),
  });

  const { violation: found, trouble } = end;
  if (trouble !== null && found === null) throw trouble;
  if (details.errorInstance !== null && found === null) throw details.errorInstance;
  if (found === null && held.size === 0)
    throw new EnvironmentError(
      'no command was carried out, so nothing was learned',
      'Give it more time or more runs, with --minutes and --runs.',
    );
  return {
    version: release.version,
    seed,
    asked: path === null ? request.runs : 1,
    runs,
    actions,
    held,
    known,
    violation:
      found === null || details.counterexamplePath === null
        ? null
        : {
            ...found,
            path: { path: details.counterexamplePath, replay: replayIn(`${details.counterexample?.[0] ?? ''}`) },
            shrinks: details.numShrinks,
          },
    wallMs: Math.round(performance.now() - began),
  };
}

/**
 * What a search means for the process: 1 for a broken property, 3 where time was up before every run was carried out, for nothing is known of those
 * that were not.
 */
export function exitCodeOfSearch({ violation, asked, runs }: SearchResult): ExitCode {
  if (violation !== null) return EXIT.failed;
  return runs < asked ? EXIT.environment : EXIT.holds;
}

/** Where a release is known to let sessions go on, none is waited for: that would be most of the time. */
function timeToEnd({ strict, endsWithinSeconds }: SearchRequest, release: Release): number {
  const isKnown = ['revoked-session-ends', 'rotated-session-ends'].some((name) => knownBreak(name, release) !== null);
  return isKnown && !strict ? 0.1 : endsWithinSeconds;
}
