import { expect, test } from 'vitest';
import { BROKEN } from '../stub-gateway/broken-pairing.fixture.ts';
import { searched } from '../stub-gateway/search.fixture.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';

test.for(DECISION_PROPERTIES.map(({ id }) => id))(
  'breaking "%s" is noticed, and shrunk to a short sequence',
  async (id) => {
    const { within = 0, seed, ...wrong } = BROKEN[id] ?? {};
    const { violation } = await searched(wrong, seed === undefined ? {} : { seed });
    expect(violation?.property.id).toBe(id);
    expect(violation?.actions.length).toBeLessThanOrEqual(within);
  },
);
