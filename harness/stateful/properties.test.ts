import { expect, test } from 'vitest';
import { BROKEN } from '../stub-gateway/broken-pairing.fixture.ts';
import { searched } from '../stub-gateway/search.fixture.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';
import { KNOCK_PROPERTIES } from './knock-properties.ts';
import { SEQUENCE_PROPERTIES } from './properties.ts';

/** Those that are neither about a knock nor about a decision. */
const OTHERS = SEQUENCE_PROPERTIES.filter(
  (property) => ![...KNOCK_PROPERTIES, ...DECISION_PROPERTIES].includes(property),
);

test.for(OTHERS.map(({ id }) => id))('breaking "%s" is noticed, and shrunk to a short sequence', async (id) => {
  const { within = 0, seed, ...wrong } = BROKEN[id] ?? {};
  const { violation } = await searched(wrong, seed === undefined ? {} : { seed });
  expect(violation?.property.id).toBe(id);
  expect(violation?.actions.length).toBeLessThanOrEqual(within);
});
