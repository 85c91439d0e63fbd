import { expect, test } from 'vitest';
import { BROKEN } from '../stub-gateway/broken-pairing.fixture.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';
import { searched } from './search.fixture.ts';

test.for(DECISION_PROPERTIES.map(({ name }) => name))(
  'a gateway that breaks "%s" is caught by it, and the way there is short',
  async (name) => {
    const { within = 0, ...wrong } = BROKEN[name] ?? {};
    const { violation } = await searched(wrong);
    expect(violation?.property.name).toBe(name);
    expect(violation?.actions.length).toBeLessThanOrEqual(within);
  },
);
