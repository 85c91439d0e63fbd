import { expect, test } from 'vitest';
import { BROKEN } from '../stub-gateway/broken-pairing.fixture.ts';
import { KNOCK_PROPERTIES } from './knock-properties.ts';
import { searched } from './search.fixture.ts';

test.for(KNOCK_PROPERTIES.map(({ name }) => name))(
  'a gateway that breaks "%s" is caught by it, and the way there is short',
  async (name) => {
    const { within = 0, ...wrong } = BROKEN[name] ?? {};
    const { violation } = await searched(wrong);
    expect(violation?.property.name).toBe(name);
    expect(violation?.actions.length).toBeLessThanOrEqual(within);
  },
);
