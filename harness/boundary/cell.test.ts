import { expect, test } from 'vitest';
import { kindOf } from '../scenario/checks.ts';
import { stepSchema } from '../scenario/step.ts';
import { canBe, cellId, DIMENSION_NAMES, PLAIN, playOf, valuesOf } from './cell.ts';
import { cellsOf } from './covering.ts';

test('values are told apart over all dimensions, so that a name is of one cell', () => {
  const values = DIMENSION_NAMES.flatMap((name) => valuesOf(name) as string[]);
  expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
  expect(cellId(PLAIN)).toBe('plain');
  expect(cellId({ ...PLAIN, prior: 'revoked', door: 'loopback' })).toBe('loopback+revoked');
  for (const name of DIMENSION_NAMES) expect(PLAIN[name]).toBe(valuesOf(name)[0]);
});

test('nobody has what nobody can have', () => {
  expect(canBe({ credential: 'device-token', prior: 'unknown' })).toBe(false);
  expect(canBe({ credential: 'device-token', prior: 'revoked' })).toBe(true);
  expect(canBe({ proof: 'no-device', prior: 'paired-read' })).toBe(false);
  expect(canBe({ metadata: 'other-platform', prior: 'unknown' })).toBe(false);
  expect(canBe({ metadata: 'other-platform' })).toBe(true);
});

test('every cell of the table is made of steps that a scenario may have', () => {
  for (const cell of cellsOf('quick'))
    for (const step of playOf(cell).scenario.steps) expect(stepSchema.safeParse(step).error).toBeUndefined();
});

test('a cell is what comes before, four looks, and two steps that tidy up', () => {
  const played = (prior: typeof PLAIN.prior) => {
    const { scenario, before } = playOf({
      ...PLAIN,
      prior,
      credential: prior === 'removed' ? 'device-token' : 'secret',
    });
    return { before, kinds: scenario.steps.map(kindOf).join(' ') };
  };
  const LOOKS = 'knock knock knock knock reject remove';
  expect(played('unknown')).toEqual({ before: 0, kinds: LOOKS });
  expect(played('pending')).toEqual({ before: 1, kinds: `knock ${LOOKS}` });
  expect(played('paired-all')).toEqual({ before: 2, kinds: `knock approve ${LOOKS}` });
  expect(played('removed')).toEqual({ before: 4, kinds: `knock approve knock remove ${LOOKS}` });
});
