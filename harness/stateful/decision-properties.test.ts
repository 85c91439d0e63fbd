import { expect, test } from 'vitest';
import { BROKEN } from '../stub-gateway/broken-pairing.fixture.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';
import { searched } from './search.fixture.ts';

test.for(DECISION_PROPERTIES.map(({ name }) => name))(
  'breaking "%s" is noticed, and shrunk to a short sequence',
  async (name) => {
    const { within = 0, seed, ...wrong } = BROKEN[name] ?? {};
    const { violation } = await searched(wrong, seed === undefined ? {} : { seed });
    expect(violation?.property.name).toBe(name);
    expect(violation?.actions.length).toBeLessThanOrEqual(within);
  },
);
