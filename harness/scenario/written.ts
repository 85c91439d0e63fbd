import { z } from 'zod';
import { EXPECTATION_FOR, expectationSchema } from './expectation.ts';
import { FACT_IDS, HARDENED_BY } from './facts.ts';
import { slug, words } from './non-blank-text.ts';
import { partsOf, remedyOf, scenarioSchema } from './scenario.ts';
import { spelledExpectation } from './spelled-out.ts';
import { around, atOnce, HELD_KINDS, STEP_KINDS } from './step.ts';
import { STEP_BODIES } from './step-bodies.ts';

/**
 * The shape of a scenario file: that of a scenario, with the shorthands that `spelledOut` writes out. Faults are told of this shape, and
 * editors complete by it.
 */

const fact = z.enum(FACT_IDS);

type SingleKind = keyof typeof STEP_BODIES;

/** The parts for which each named outcome stands. */
const STANDS_FOR = {
  waits: ['refused', 'pairing'],
  in: ['admitted', 'pairing'],
  pairedSilently: ['admitted', 'pairing'],
} as const;

/** What may be expected of an attempt to get in, named outcomes included. */
function attempt(expectation: z.ZodObject, admitted: z.ZodObject): z.ZodType {
  const { scopes } = admitted.shape;
  const { refused } = EXPECTATION_FOR.knock.shape;
  const refusal = refused.unwrap();
  const parts = expectation
    .extend({
      waits: z
        .union([z.literal(true), words])
        .optional()
        .describe('Refused with 1008, pairing-required, for this reason where one is given; its request is pending.'),
      in: scopes?.optional().describe('Admitted with these scopes; what the pairing list says of it is unchanged.'),
      pairedSilently: scopes
        ?.optional()
        .describe('Admitted with these scopes, and paired, or given more, without anyone being asked.'),
      admitted: z
        .union([z.array(words), admitted])
        .optional()
        .describe('A list: exactly these scopes.'),
      refused: z
        .union(
          [
            refusal.shape.cause,
            refusal
              .extend({ code: refusal.shape.code.optional() })
              .refine(({ at, code }) => at === 'handshake' || code !== undefined, {
                path: ['code'],
                message: 'before the upgrade, a refusal has an HTTP status: name it',
              }),
          ],
          `a refusal, or its cause: ${refusal.shape.cause.options.join(', ')}`,
        )
        .optional()
        .describe('With code 1008 where none is given. A word: the cause.'),
    })
    .superRefine((given, context) => {
      for (const [name, meant] of Object.entries(STANDS_FOR)) {
        if (given[name] === undefined) continue;
        for (const part of [...meant, ...Object.keys(STANDS_FOR).filter((other) => other !== name)]) {
          if (given[part] === undefined) continue;
          context.addIssue({
            code: 'custom',
            path: [part],
            message: `"${name}" stands for "${meant.join('" and "')}": leave "${part}" out`,
          });
        }
      }
    });
  return z.union(
    [z.literal('waits').describe('Told to pair, and a request is pending: { waits: true }.'), parts],
    '"waits", or the parts that must be seen',
  );
}

function expectationOf(kind: SingleKind | 'together'): z.ZodType {
  const expectation = EXPECTATION_FOR[kind];
  if (kind !== 'knock' && kind !== 'browser') return expectation;
  return attempt(expectation, EXPECTATION_FOR[kind].shape.admitted.unwrap());
}

/** What may be expected of a step of whatever kind, named outcomes included, for lists of what was seen. */
export const writtenExpectationSchema = attempt(expectationSchema, expectationSchema.shape.admitted.unwrap())
  .transform(spelledExpectation)
  .pipe(expectationSchema);

function writtenStepOf(kind: SingleKind | 'together', body: z.ZodType): z.ZodType {
  const expectation = expectationOf(kind);
  const { hardened, ...beside } = around(expectation);
  return z.strictObject({
    [kind]: body,
    ...beside,
    hardened: z
      .union(
        [
          z
            .enum(Object.keys(HARDENED_BY))
            .describe('A fact by which later releases are stricter: its range, what it says, and its refusal.'),
          z
            .strictObject({ by: fact, expect: expectation })
            .describe('Stricter by this fact, and what is expected there.'),
          hardened.unwrap(),
        ],
        `a range with its reason and what is expected, or a fact: ${Object.keys(HARDENED_BY).join(', ')}`,
      )
      .optional(),
  });
}

const single = (kind: SingleKind): z.ZodType => writtenStepOf(kind, STEP_BODIES[kind]);

const pair = z.strictObject({
  pair: STEP_BODIES.knock.describe(
    'A knock that has to wait, its approval by the operator, and the same knock again, which is in with all the scopes that it asks for.',
  ),
  names: z
    .tuple([slug, slug])
    .optional()
    .describe('Of its two checks: that it waits, and that it is in. <client>-waits and <client>-is-in unless given.'),
});

/** The kinds of step that a file may have: those that are played, and one that stands for three of them. */
export const WRITTEN_KINDS = [...STEP_KINDS, 'pair'] as const;

const writtenStep = z.union(
  WRITTEN_KINDS.map((kind): z.ZodType => {
    if (kind === 'pair') return pair;
    return kind === 'together' ? writtenStepOf(kind, atOnce(z.union(HELD_KINDS.map(single)))) : single(kind);
  }),
);

const parts = partsOf(writtenStep);
const remedy = remedyOf(writtenStep);
const { id, class: klass, level, blocker } = scenarioSchema.shape;

export const writtenScenarioSchema = scenarioSchema
  .extend({
    ...parts,
    id: id.optional().describe('That of the file, class/name, unless given.'),
    class: klass.optional().describe('The folder of the file unless given.'),
    level: level.optional().describe('must unless given.'),
    blocker: blocker.optional().describe('Whether a release is held for it: true unless given.'),
    needs: fact
      .optional()
      .describe(
        'Where the scenario makes sense at all, by a fact about releases: its range and its reason in "applies".',
      ),
    remedies: z
      .array(
        z.union([
          remedy,
          z
            .strictObject({ say: remedy.shape.say, outcomes: z.array(remedy.omit({ say: true })).min(2) })
            .describe('Advice that does something else on other releases.'),
        ]),
      )
      .default([])
      .describe('Each is carried out from the state that the steps lead to.'),
  })
  .refine(({ needs, applies }) => needs === undefined || applies === undefined, {
    path: ['needs'],
    message: '"needs" and "applies" at once',
  });
