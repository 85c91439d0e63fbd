import { describe, expect, test } from 'vitest';
import type { Stage } from '../gateway/stage.ts';
import { createVault } from '../secrets.ts';
import { SHORT } from '../suite/stub/play.fixture.ts';
import { openStubStage } from '../suite/stub/stage.fixture.ts';
import { CLAIMS } from './claims.ts';
import { pairingGateway, RULES, type Registry, type Rules } from './gateway.fixture.ts';
import { type SearchRequest, type SearchResult, search } from './search.ts';

/** How a stub is wrong: by rules of its own, or by what a restart does to it. */
type Wrong = { rules?: Partial<Rules>; restart?: (registry: Registry) => void };

async function searched({ rules, restart }: Wrong, over: Partial<SearchRequest> = {}): Promise<SearchResult> {
  const vault = createVault();
  const { ways, registry } = pairingGateway(rules);
  const { stage, readiness } = await openStubStage(ways, vault, () => false);
  const withRestart: Stage = {
    ...stage,
    restart: async () => {
      restart?.(registry);
      return readiness;
    },
  };
  try {
    return await search({
      stage: withRestart,
      vault,
      patience: SHORT,
      seed: 7,
      path: null,
      runs: 200,
      withinMs: 20_000,
      strict: false,
      restarts: restart !== undefined,
      stopped: () => false,
      ran: () => {},
      ...over,
    });
  } finally {
    await stage.close();
  }
}

test('on a gateway that does what is right, every claim is held against something, and holds', async () => {
  const result = await searched({ restart: () => {} }, { runs: 40 });
  expect(result.violation).toBeNull();
  expect(result.runs).toBe(40);
  expect([...result.held.keys()].sort()).toEqual(CLAIMS.map(({ name }) => name).sort());
  expect([...result.known]).toEqual([]);
});
