import { expect, test } from 'vitest';
import { BROKEN } from '../stub-gateway/broken-pairing.fixture.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';
import { KNOCK_PROPERTIES } from './knock-properties.ts';
import { SEQUENCE_PROPERTIES } from './properties.ts';
import { searched } from './search.fixture.ts';

/** Those that are neither about a knock nor about a decision. */
const OTHERS = SEQUENCE_PROPERTIES.filter(
  (property) => ![...KNOCK_PROPERTIES, ...DECISION_PROPERTIES].includes(property),
);

test.for(OTHERS.map(({ name }) => name))('breaking "%s" is noticed, and shrunk to a short sequence', async (name) => {
  const { within = 0, seed, ...wrong } = BROKEN[name] ?? {};
  const { violation } = await searched(wrong, seed === undefined ? {} : { seed });
  expect(violation?.property.name).toBe(name);
  expect(violation?.actions.length).toBeLessThanOrEqual(within);
});
