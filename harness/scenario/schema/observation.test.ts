import { expect, test } from 'vitest';
import { isShown, type Observation, observationSchema } from './observation.ts';

const IN: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: [], protocol: 3, deviceToken: false },
  pairing: 'unchanged',
};

test('an observation is what was shown, or why nothing was', () => {
  const unshown: Observation[] = [
    { notCarriedOut: 'nothing was sent' },
    { environmentFailed: 'the engine is gone' },
    { environmentFailed: 'the answer is too long', leaked: ['token in a message to "phone"'] },
  ];
  for (const observation of [IN, {}, ...unshown]) expect(observationSchema.parse(observation)).toEqual(observation);
  expect([IN, {}, ...unshown].filter(isShown)).toEqual([IN, {}]);
});

test.each([
  { ...IN, notCarriedOut: 'nothing was sent' },
  { ...IN, environmentFailed: 'the engine is gone' },
  { notCarriedOut: 'nothing was sent', environmentFailed: 'the engine is gone' },
  { notCarriedOut: 'nothing was sent', leaked: [] },
])('a mixture is refused: %j', (mixture) => {
  // @ts-expect-error: no observation is of two kinds
  const observation: Observation = mixture;
  expect(observationSchema.safeParse(observation).success).toBe(false);
});
