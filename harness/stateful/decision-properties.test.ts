import { expect, test } from 'vitest';
import { BROKEN, searched } from './broken.fixture.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';

test.for(DECISION_PROPERTIES.map(({ id }) => id))(
  'a gateway that breaks "%s" is caught by it, and the way there is short',
  async (id) => {
    const { within = 0, ...wrong } = BROKEN[id] ?? {};
    const { violation } = await searched(wrong);
    expect(violation?.property.id).toBe(id);
    expect(violation?.actions.length).toBeLessThanOrEqual(within);
  },
);
