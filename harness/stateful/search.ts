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
  /** The path of an earlier violation: the search repeats only this run. null: a new search. */
  path: Path | null;
  /** The number of runs of commands. The search makes fewer if time is up. */
  runs: number;
  withinMs: number;
  /** How many seconds the gateway may take to end a session that it must end. */
  endsWithinSeconds: number;
  /** Whether a known break of the release is a violation too. */
  strict: boolean;
  /** Whether runs may restart the gateway. */
  restarts: boolean;
  /** True once the user has interrupted the search. */
  stopped(): boolean;
  /** Called after each run, with the numbers of runs and actions so far. */
  ran(runs: number, actions: number): void;
};

/** A run of commands that broke a property: each action with its observation in words, and the breach. */
export type Counterexample = { property: Property; breach: Breach; actions: readonly { said: string; seen: string }[] };

export type SearchResult = {
  version: string;
  seed: number;
  /** The numbers of requested runs and of completed runs, without the runs that shrank a violation. */
  asked: number;
  runs: number;
  /** In these runs: how many actions of each kind there were, and how often each property applied, by its name. */
  actions: ReadonlyMap<string, number>;
  held: ReadonlyMap<string, number>;
  /** How often the release broke a property that it is known to break, by name. */
  known: ReadonlyMap<string, number>;
  /** The shortest violation that was found, with its path; null if there is none. */
  violation: (Counterexample & { path: Path; shrinks: number }) | null;
  wallMs: number;
};

const more = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

/**
 * Plays runs of commands on a booted stage, and checks every property after each action. Shrinks a violation to a short run. Throws
 * EnvironmentError if the gateway or the stage fails, or if no operation was played; then there is no result, even for properties that held.
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
    // An environment failure is not a violation, so the search does not shrink it.
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
    // Once time is up, each further run passes at once. So the search ends, and keeps the shortest violation so far.
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
      'no operation was carried out, so the search has no result',
      'Give the search more --minutes or more --runs.',
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
 * The exit code of a search: 1 for a violation, 3 if time was up before every run was played (the result is incomplete), else 0.
 */
export function exitCodeOfSearch({ violation, asked, runs }: SearchResult): ExitCode {
  if (violation !== null) return EXIT.failed;
  return runs < asked ? EXIT.environment : EXIT.holds;
}

/**
 * Seconds to wait for the end of a session. Almost none where a release is known to keep sessions open: waiting would take most of the
 * search.
 */
function timeToEnd({ strict, endsWithinSeconds }: SearchRequest, release: Release): number {
  const isKnown = ['revoked-session-ends', 'rotated-session-ends'].some((name) => knownBreak(name, release) !== null);
  return isKnown && !strict ? 0.1 : endsWithinSeconds;
}
