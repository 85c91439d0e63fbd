import { expect, test } from 'vitest';
import { BROKEN, searched } from './broken.fixture.ts';
import { CLAIMS } from './claims.ts';
import { DECISION_CLAIMS } from './decision-claims.ts';
import { KNOCK_CLAIMS } from './knock-claims.ts';

/** Those that are neither about a knock nor about a decision. */
const OTHERS = CLAIMS.filter((claim) => ![...KNOCK_CLAIMS, ...DECISION_CLAIMS].includes(claim));

test.for(OTHERS.map(({ name }) => name))(
  'a gateway that breaks "%s" is caught by it, and the way there is short',
  async (name) => {
    const { within = 0, ...wrong } = BROKEN[name] ?? {};
    const { violation } = await searched(wrong);
    expect(violation?.claim.name).toBe(name);
    expect(violation?.deeds.length).toBeLessThanOrEqual(within);
  },
);
