import { z } from 'zod';
import { FACT_IDS, HARDENED_BY } from '../releases/facts.ts';
import { EXPECTATION_FOR, expectationSchema } from './expectation.ts';
import { partsOf, scenarioSchema, workaroundOf } from './scenario.ts';
import { expandedExpectation } from './shorthands.ts';
import { STEP_KINDS, stepKeys, TOGETHER_KINDS, togetherBody } from './step.ts';
import { STEP_BODIES } from './step-bodies.ts';
import { slug, words } from './text-schemas.ts';

/**
 * The schema of a scenario file: the schema of a scenario, plus the shorthands that `expanded` expands. `postern lint` reports shape
 * errors in terms of this schema, and editors complete with the JSON Schema that is made of it.
 */

const fact = z.enum(FACT_IDS);

type SingleKind = keyof typeof STEP_BODIES;

/** The parts of an expectation that each named outcome replaces. */
const STANDS_FOR = {
  waits: ['refused', 'pairing'],
  in: ['admitted', 'pairing'],
  pairedSilently: ['admitted', 'pairing'],
} as const;

/** The expectation of a step that tries to connect (`knock`, `browser`), with the named outcomes. */
function attempt(expectation: z.ZodObject, admitted: z.ZodObject): z.ZodType {
  const { scopes } = admitted.shape;
  const { refused } = EXPECTATION_FOR.knock.shape;
  const refusal = refused.unwrap();
  const parts = expectation
    .extend({
      waits: z
        .union([z.literal(true), words])
        .optional()
        .describe(
          'The gateway refuses with close code 1008 and cause pairing-required, and the request is pending. A text: the expected reason.',
        ),
      in: scopes
        ?.optional()
        .describe(
          'The gateway admits the client with exactly these scopes, and does not change its entry in the pairing list.',
        ),
      pairedSilently: scopes
        ?.optional()
        .describe(
          'The gateway admits the client with exactly these scopes, and pairs it, or extends its approval, without asking an operator.',
        ),
      admitted: z
        .union([z.array(words), admitted])
        .optional()
        .describe('The gateway admits the client. A list: with exactly these scopes.'),
      refused: z
        .union(
          [
            refusal.shape.cause,
            refusal
              .extend({ code: refusal.shape.code.optional() })
              .refine(({ at, code }) => at === 'handshake' || code !== undefined, {
                path: ['code'],
                message: 'a refusal before the WebSocket upgrade has an HTTP status: add "code"',
              }),
          ],
          `must be a refusal, or one of the causes ${refusal.shape.cause.options.join(', ')}`,
        )
        .optional()
        .describe('The gateway refuses; close code 1008 unless `code` is given. A word: the cause.'),
    })
    .superRefine((given, context) => {
      for (const [name, meant] of Object.entries(STANDS_FOR)) {
        if (given[name] === undefined) continue;
        for (const part of [...meant, ...Object.keys(STANDS_FOR).filter((other) => other !== name)]) {
          if (given[part] === undefined) continue;
          context.addIssue({
            code: 'custom',
            path: [part],
            message: `"${name}" already includes "${meant.join('" and "')}": remove "${part}"`,
          });
        }
      }
    });
  return z.union(
    [z.literal('waits').describe('Short for { waits: true }.'), parts],
    'must be "waits", or a mapping of the expected parts',
  );
}

function expectationOf(kind: SingleKind | 'together'): z.ZodType {
  const expectation = EXPECTATION_FOR[kind];
  if (kind !== 'knock' && kind !== 'browser') return expectation;
  return attempt(expectation, EXPECTATION_FOR[kind].shape.admitted.unwrap());
}

/** The expectation of a step of any kind, with the named outcomes: for lists of what was observed, such as deviations. */
export const writtenExpectationSchema = attempt(expectationSchema, expectationSchema.shape.admitted.unwrap())
  .transform(expandedExpectation)
  .pipe(expectationSchema);

function writtenStepOf(kind: SingleKind | 'together', body: z.ZodType): z.ZodType {
  const expectation = expectationOf(kind);
  const { hardened, ...others } = stepKeys(expectation);
  return z.strictObject({
    [kind]: body,
    ...others,
    hardened: z
      .union(
        [
          z
            .enum(Object.keys(HARDENED_BY))
            .describe(
              'The name of a release fact that makes later releases stricter; it gives the range, the reason and the refusal.',
            ),
          z
            .strictObject({ by: fact, expect: expectation })
            .describe('The release fact that makes later releases stricter, and the expectation on these releases.'),
          hardened.unwrap(),
        ],
        `must be a range with its reason and expectation, or one of the release facts ${Object.keys(HARDENED_BY).join(', ')}`,
      )
      .optional(),
  });
}

const single = (kind: SingleKind): z.ZodType => writtenStepOf(kind, STEP_BODIES[kind]);

const pair = z.strictObject({
  pair: STEP_BODIES.knock.describe(
    'Short for three steps: a knock that waits for approval, its approval by the operator, and the same knock again, admitted with every scope that it asks for.',
  ),
  names: z
    .tuple([slug, slug])
    .optional()
    .describe(
      'The names of its two checks: the first knock waits, and the second is admitted. Default: <client>-waits and <client>-is-in.',
    ),
});

/** The kinds of step in a file: every kind that Postern plays, and `pair`, which is short for three steps. */
export const WRITTEN_KINDS = [...STEP_KINDS, 'pair'] as const;

const writtenStep = z.union(
  WRITTEN_KINDS.map((kind): z.ZodType => {
    if (kind === 'pair') return pair;
    return kind === 'together' ? writtenStepOf(kind, togetherBody(z.union(TOGETHER_KINDS.map(single)))) : single(kind);
  }),
);

const parts = partsOf(writtenStep);
const workaround = workaroundOf(writtenStep);
const { id, class: klass, level, blocker } = scenarioSchema.shape;

export const writtenScenarioSchema = scenarioSchema
  .extend({
    ...parts,
    id: id.optional().describe('class/name. Default: folder and name of the file.'),
    class: klass.optional().describe('The class of failure. Default: the folder of the file.'),
    level: level.optional().describe('How much the scenario weighs; it changes no verdict. Default: must.'),
    blocker: blocker.optional().describe('Whether a failure should hold back a release. Default: true.'),
    needs: fact
      .optional()
      .describe(
        'The name of a release fact that the scenario needs; short for "applies" with the range and the reason of the fact.',
      ),
    workarounds: z
      .array(
        z.union([
          workaround,
          z
            .strictObject({
              advice: workaround.shape.advice,
              outcomes: z.array(workaround.omit({ advice: true })).min(2),
            })
            .describe('A workaround with another effect on other releases.'),
        ]),
      )
      .default([])
      .describe('Workarounds. Postern plays each from the state after `steps`.'),
  })
  .refine(({ needs, applies }) => needs === undefined || applies === undefined, {
    path: ['needs'],
    message: '"needs" and "applies" exclude each other: remove one',
  });
