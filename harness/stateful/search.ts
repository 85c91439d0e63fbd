import fc from 'fast-check';
import { EnvironmentError, EXIT, type ExitCode, isPosternError, type PosternError } from '../exit.ts';
import type { StageInPlay } from '../gateway/stage/stage.ts';
import type { Timeouts } from '../play/context.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { type Action, describeAction, describeSeen } from './action.ts';
import { commandRuns, type Model, type Real } from './commands.ts';
import { closeContext, execute, openContext } from './execute.ts';
import { isKnownViolation, type KnownViolation } from './known-violations.ts';
import { nextState, withListApproved } from './next-state.ts';
import { type Path, replayIn } from './path.ts';
import { ruleOn } from './properties.ts';
import type { Breach, SequenceProperty, Step } from './property.ts';
import { type Release, releaseOf } from './releases.ts';
import { START } from './state.ts';

export type SearchRequest = {
  stage: StageInPlay;
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
  /** The properties that published releases are known to break. */
  known: readonly KnownViolation[];
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
export type Counterexample = {
  property: SequenceProperty;
  breach: Breach;
  actions: readonly { said: string; seen: string }[];
};

export type SearchResult = {
  version: string;
  seed: number;
  /** The numbers of requested runs and of completed runs, without the runs that shrank a violation. */
  asked: number;
  runs: number;
  /** In these runs: how many actions of each kind there were, and how often each property applied, by its id. */
  actions: ReadonlyMap<string, number>;
  held: ReadonlyMap<string, number>;
  /** How often the release broke a property that it is known to break, by id. */
  known: ReadonlyMap<string, number>;
  /** The shortest violation that was found, with its path; null if there is none. */
  violation: (Counterexample & { path: Path; shrinks: number }) | null;
  wallMs: number;
};

/**
 * Plays runs of commands on a booted stage, and checks every property after each action. Shrinks a violation to a short run. Throws
 * EnvironmentError if the gateway or the stage fails, or if no operation was played; then there is no result, even for properties that held.
 */
export async function search(request: SearchRequest): Promise<SearchResult> {
  const { seed, path } = request;
  const began = performance.now();
  const progress: Progress = {
    release: releaseOf(request.stage.version()),
    runs: 0,
    count: 0,
    actions: new Map(),
    held: new Map(),
    known: new Map(),
    found: null,
    trouble: null,
  };
  const isOver = (): boolean =>
    progress.trouble !== null || request.stopped() || performance.now() - began > request.withinMs;
  const property = fc.asyncProperty(commandRuns(path?.replay ?? null), async (commands) => {
    // Once time is up, each further run passes at once. So the search ends, and keeps the shortest violation so far.
    if (!isOver()) await playRun(request, progress, commands).catch((error: unknown) => noteTrouble(progress, error));
  });
  const asked = path === null ? request.runs : 1;
  const details = await fc.check(property, {
    seed,
    numRuns: asked,
    ...(path === null ? {} : { path: path.path }),
  });
  failWithoutResult(progress, details.errorInstance);
  const { release, runs, actions, held, known, found } = progress;
  return {
    version: release.version,
    seed,
    asked,
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

/** A search so far: the counts of its result, the shortest violation that was found, and the failure that ends it. */
type Progress = {
  release: Release;
  runs: number;
  /** The number of actions, with those of the runs that shrink a violation. */
  count: number;
  actions: Map<string, number>;
  held: Map<string, number>;
  known: Map<string, number>;
  found: Counterexample | null;
  trouble: PosternError | null;
};

/** Plays one run of commands with new clients. Rejects if it violates a property, which `progress.found` then has, or if the environment fails. */
async function playRun(
  request: SearchRequest,
  progress: Progress,
  commands: Iterable<fc.AsyncCommand<Model, Real>>,
): Promise<void> {
  const { stage, secretRegistry, timeouts, seed } = request;
  const endsWithinSeconds = timeToEnd(request, progress.release);
  const context = openContext(stage, secretRegistry, timeouts, seed, () => {});
  const trace: Trace = [];
  // The runs that shrink a violation repeat what was counted before.
  const isSearch = progress.found === null;
  const act = async (model: Model, action: Action): Promise<void> => {
    const seen = await execute(context, model.state, action, endsWithinSeconds);
    trace.push({ said: describeAction(action), seen: describeSeen(seen) });
    progress.count += 1;
    if (isSearch) more(progress.actions, action.kind);
    const isForgiven = checkStep(
      { before: model.state, action, seen, release: progress.release },
      request,
      progress,
      trace,
      isSearch,
    );
    const next = nextState(model.state, action, seen, progress.release);
    model.state = isForgiven ? withListApproved(next) : next;
  };
  const model: Model = { state: { ...START, restarted: !request.restarts }, release: progress.release };
  try {
    await fc.asyncModelRun(() => ({ model, real: { do: act } }), commands);
  } finally {
    await closeContext(context).catch((error: unknown) => noteTrouble(progress, error));
  }
  if (isSearch) progress.runs += 1;
  request.ran(progress.runs, progress.count);
}

type Trace = { said: string; seen: string }[];

/**
 * Checks every property after a step, and counts it if `isSearch`. Throws an Error at a violation, which `progress.found` then has. Gives true if
 * the step breaks a property that its release is known to break.
 */
function checkStep(
  step: Step,
  { known, strict }: SearchRequest,
  progress: Progress,
  trace: Trace,
  isSearch: boolean,
): boolean {
  let isForgiven = false;
  for (const { property, breach } of ruleOn(step)) {
    if (isSearch) more(progress.held, property.id);
    if (breach === null) continue;
    if (strict || !isKnownViolation(known, property.id, progress.release)) {
      progress.found = { property, breach, actions: trace };
      throw new Error(property.statement);
    }
    isForgiven = true;
    if (isSearch) more(progress.known, property.id);
  }
  return isForgiven;
}

/** Keeps a failure of the environment, which is no violation, so that the search does not shrink it. Throws every other error. */
function noteTrouble(progress: Progress, error: unknown): void {
  if (!isPosternError(error)) throw error;
  progress.trouble = error;
}

/** Throws if a search without a violation ended with an error, or if it played no command. */
function failWithoutResult({ found, trouble, held }: Progress, error: unknown): void {
  if (found !== null) return;
  if (trouble !== null) throw trouble;
  if (error !== null) throw error;
  if (held.size === 0)
    throw new EnvironmentError(
      'no operation was carried out, so the search has no result',
      'Give the search more --minutes or more --runs.',
    );
}

function more(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
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
function timeToEnd({ known, strict, endsWithinSeconds }: SearchRequest, release: Release): number {
  const isKnown = ['revoked-session-ends', 'rotated-session-ends'].some((name) =>
    isKnownViolation(known, name, release),
  );
  return isKnown && !strict ? 0.1 : endsWithinSeconds;
}
