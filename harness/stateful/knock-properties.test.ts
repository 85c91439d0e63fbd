import { expect, test } from 'vitest';
import { BROKEN } from '../stub-gateway/broken-pairing.fixture.ts';
import { searched } from '../stub-gateway/search.fixture.ts';
import { KNOCK_PROPERTIES } from './knock-properties.ts';

test.for(KNOCK_PROPERTIES.map(({ id }) => id))(
  'breaking "%s" is noticed, and shrunk to a short sequence',
  async (id) => {
    const { within = 0, seed, ...wrong } = BROKEN[id] ?? {};
    const { violation } = await searched(wrong, seed === undefined ? {} : { seed });
    expect(violation?.property.id).toBe(id);
    expect(violation?.actions.length).toBeLessThanOrEqual(within);
  },
);

test('a gateway that refuses without a reason does not answer', async () => {
  const { violation } = await searched({ ways: { refuse: (_house, { socket }) => socket.close(1011, '') } });
  expect([violation?.property.id, violation?.actions.length]).toEqual(['answered', 1]);
});
