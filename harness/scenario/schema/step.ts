import { z } from 'zod';
import { EXPECTATION_FOR } from './expectation.ts';
import { STEP_BODIES } from './step-bodies.ts';
import { slug, words } from './text-schemas.ts';

const everyStep = {
  name: slug.optional().describe('The name of the check; required with `expect`. The check id is scenario-id/name.'),
  because: words.optional().describe('Why the expectation is right, where that is not obvious.'),
  control: slug
    .optional()
    .describe(
      'For an expected refusal: the name of its control, a check in which a client is admitted. Default: a check that admits the same client, else one that admits a client from the same vantage.',
    ),
};

/** The keys of a step besides its body; `expectation` is the schema of `expect` and `symptom`. */
export function stepKeys<E extends z.ZodType>(expectation: E) {
  return {
    ...everyStep,
    expect: expectation.optional().describe('Right behaviour, on every release.'),
    hardened: z
      .strictObject({ releases: words, because: words, expect: expectation })
      .optional()
      .describe(
        'Later releases that are stricter on purpose, with the expectation that replaces `expect` there: a refusal, or all parts of `expect` and more.',
      ),
    symptom: expectation.optional().describe('Exactly what users saw on the affected releases.'),
  };
}

/** The parsed form of a step. In the file, the kind of the step is the key of its body. */
function stepOf<K extends string, B, R>(kind: K, body: B, rest: R): { kind: K; body: B } & R {
  return { kind, body, ...rest };
}

/** The schemas of the kinds of step that contain no other step. */
const SINGLE_STEPS = {
  knock: z
    .strictObject({ knock: STEP_BODIES.knock, ...stepKeys(EXPECTATION_FOR.knock) })
    .transform(({ knock, ...rest }) => stepOf('knock', knock, rest)),
  call: z
    .strictObject({ call: STEP_BODIES.call, ...stepKeys(EXPECTATION_FOR.call) })
    .transform(({ call, ...rest }) => stepOf('call', call, rest)),
  turn: z
    .strictObject({ turn: STEP_BODIES.turn, ...stepKeys(EXPECTATION_FOR.turn) })
    .transform(({ turn, ...rest }) => stepOf('turn', turn, rest)),
  frames: z
    .strictObject({ frames: STEP_BODIES.frames, ...stepKeys(EXPECTATION_FOR.frames) })
    .transform(({ frames, ...rest }) => stepOf('frames', frames, rest)),
  cli: z
    .strictObject({ cli: STEP_BODIES.cli, ...stepKeys(EXPECTATION_FOR.cli) })
    .transform(({ cli, ...rest }) => stepOf('cli', cli, rest)),
  approve: z
    .strictObject({ approve: STEP_BODIES.approve, ...stepKeys(EXPECTATION_FOR.approve) })
    .transform(({ approve, ...rest }) => stepOf('approve', approve, rest)),
  reject: z
    .strictObject({ reject: STEP_BODIES.reject, ...stepKeys(EXPECTATION_FOR.reject) })
    .transform(({ reject, ...rest }) => stepOf('reject', reject, rest)),
  rotate: z
    .strictObject({ rotate: STEP_BODIES.rotate, ...stepKeys(EXPECTATION_FOR.rotate) })
    .transform(({ rotate, ...rest }) => stepOf('rotate', rotate, rest)),
  revoke: z
    .strictObject({ revoke: STEP_BODIES.revoke, ...stepKeys(EXPECTATION_FOR.revoke) })
    .transform(({ revoke, ...rest }) => stepOf('revoke', revoke, rest)),
  remove: z
    .strictObject({ remove: STEP_BODIES.remove, ...stepKeys(EXPECTATION_FOR.remove) })
    .transform(({ remove, ...rest }) => stepOf('remove', remove, rest)),
  bootstrap: z
    .strictObject({ bootstrap: STEP_BODIES.bootstrap, ...stepKeys(EXPECTATION_FOR.bootstrap) })
    .transform(({ bootstrap, ...rest }) => stepOf('bootstrap', bootstrap, rest)),
  rows: z
    .strictObject({ rows: STEP_BODIES.rows, ...stepKeys(EXPECTATION_FOR.rows) })
    .transform(({ rows, ...rest }) => stepOf('rows', rows, rest)),
  files: z
    .strictObject({ files: STEP_BODIES.files, ...stepKeys(EXPECTATION_FOR.files) })
    .transform(({ files, ...rest }) => stepOf('files', files, rest)),
  http: z
    .strictObject({ http: STEP_BODIES.http, ...stepKeys(EXPECTATION_FOR.http) })
    .transform(({ http, ...rest }) => stepOf('http', http, rest)),
  browser: z
    .strictObject({ browser: STEP_BODIES.browser, ...stepKeys(EXPECTATION_FOR.browser) })
    .transform(({ browser, ...rest }) => stepOf('browser', browser, rest)),
  restart: z
    .strictObject({ restart: STEP_BODIES.restart, ...stepKeys(EXPECTATION_FOR.restart) })
    .transform(({ restart, ...rest }) => stepOf('restart', restart, rest)),
  recreate: z
    .strictObject({ recreate: STEP_BODIES.recreate, ...stepKeys(EXPECTATION_FOR.recreate) })
    .transform(({ recreate, ...rest }) => stepOf('recreate', recreate, rest)),
  upgrade: z
    .strictObject({ upgrade: STEP_BODIES.upgrade, ...stepKeys(EXPECTATION_FOR.upgrade) })
    .transform(({ upgrade, ...rest }) => stepOf('upgrade', upgrade, rest)),
  configure: z
    .strictObject({ configure: STEP_BODIES.configure, ...stepKeys(EXPECTATION_FOR.configure) })
    .transform(({ configure, ...rest }) => stepOf('configure', configure, rest)),
  wait: z
    .strictObject({ wait: STEP_BODIES.wait, ...stepKeys(EXPECTATION_FOR.wait) })
    .transform(({ wait, ...rest }) => stepOf('wait', wait, rest)),
} as const;

/** The kinds of step in `together`: operations that several clients can send at the same time, and that the gateway puts in some order. */
const { knock, call, approve, reject, rotate, revoke, remove } = SINGLE_STEPS;
const TOGETHER_STEPS = { knock, call, approve, reject, rotate, revoke, remove } as const;

/** The body of a `together` step; `held` is the schema of the steps in it. */
export function togetherBody<S extends z.ZodType>(held: S) {
  return z
    .array(held)
    .min(2)
    .max(30)
    .describe(
      'Steps at the same time: Postern prepares each up to its request, then sends all requests, then observes each.',
    );
}

/** The schema of each kind of step, in the order of STEP_KINDS. */
export const STEP_SCHEMAS = {
  ...SINGLE_STEPS,
  together: z
    .strictObject({
      together: togetherBody(z.union(Object.values(TOGETHER_STEPS))),
      ...stepKeys(EXPECTATION_FOR.together),
    })
    .transform(({ together, ...rest }) => stepOf('together', together, rest)),
} as const;

export type StepKind = keyof typeof STEP_SCHEMAS;
export const STEP_KINDS = Object.keys(STEP_SCHEMAS).filter((kind): kind is StepKind => kind in STEP_SCHEMAS);
/** The kinds of step that a `together` step may contain. */
export const TOGETHER_KINDS = Object.keys(TOGETHER_STEPS).filter(
  (kind): kind is keyof typeof TOGETHER_STEPS => kind in TOGETHER_STEPS,
);

export const stepSchema = z.union(Object.values(STEP_SCHEMAS));
export type Step = z.infer<typeof stepSchema>;
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;
export type StepBody<K extends StepKind> = StepOf<K>['body'];

/** The form of a step in a file, as an object with the kind as key of the body. */
export function writtenStep({ kind, body, ...rest }: Step): Record<string, unknown> {
  return { [kind]: kind === 'together' ? body.map(writtenStep) : body, ...rest };
}
