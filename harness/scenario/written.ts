import { z } from 'zod';
import { EXPECTATION_FOR } from './expectation.ts';
import { FACT_IDS, HARDENED_BY } from './facts.ts';
import { partsOf, scenarioSchema } from './scenario.ts';
import { around, atOnce, HELD_KINDS, STEP_BODIES, STEP_KINDS } from './step.ts';

/**
 * The shape of a scenario file: that of a scenario, with the shorthands that `spelledOut` writes out. Faults are told of this shape, and
 * editors complete by it.
 */

const fact = z.enum(FACT_IDS);

type SingleKind = keyof typeof STEP_BODIES;

function writtenStepOf(kind: SingleKind | 'together', body: z.ZodType): z.ZodType {
  const { hardened, ...beside } = around(EXPECTATION_FOR[kind]);
  return z.strictObject({
    [kind]: body,
    ...beside,
    hardened: z
      .union([
        z
          .enum(Object.keys(HARDENED_BY))
          .describe('A fact by which later releases are stricter: its range, what it says, and its refusal.'),
        z
          .strictObject({ by: fact, expect: EXPECTATION_FOR[kind] })
          .describe('Stricter by this fact, and what is expected there.'),
        hardened.unwrap(),
      ])
      .optional(),
  });
}

const single = (kind: SingleKind): z.ZodType => writtenStepOf(kind, STEP_BODIES[kind]);

const writtenStep = z.union(
  STEP_KINDS.map((kind) =>
    kind === 'together' ? writtenStepOf(kind, atOnce(z.union(HELD_KINDS.map(single)))) : single(kind),
  ),
);

export const writtenScenarioSchema = scenarioSchema
  .extend({
    ...partsOf(writtenStep),
    needs: fact
      .optional()
      .describe(
        'Where the scenario makes sense at all, by a fact about releases: its range and its reason in "applies".',
      ),
  })
  .refine(({ needs, applies }) => needs === undefined || applies === undefined, {
    path: ['needs'],
    message: '"needs" and "applies" at once',
  });
