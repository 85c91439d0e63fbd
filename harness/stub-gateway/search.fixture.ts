import type { StageInPlay } from '../gateway/stage/stage.ts';
import { waitOnThisMachine } from '../limits.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { type SearchRequest, type SearchResult, search } from '../stateful/search.ts';
import type { Wrong } from './broken-pairing.fixture.ts';
import { pairingGateway } from './pairing.fixture.ts';
import { onlyRestart, openStubStage } from './stage.fixture.ts';
import { SHORT } from './stub-scenario.fixture.ts';

/** The result of a search on a stub gateway that is wrong in this way. */
export async function searched(wrong: Wrong, over: Partial<SearchRequest> = {}): Promise<SearchResult> {
  const secretRegistry = createSecretRegistry();
  const { ways, registry, mint } = pairingGateway(wrong.rules);
  const { stage, readiness, kill } = await openStubStage({ ...ways, ...wrong.ways }, secretRegistry, {
    sparesOperator: false,
    release: wrong.version ?? '2026.9.6',
  });
  const played: StageInPlay = {
    ...stage,
    command: async ({ argv }) => ({ argv, exitCode: 0, stdout: mint(), stderr: '' }),
    lifecycle: onlyRestart(async () => {
      wrong.restart?.(registry);
      return readiness;
    }),
  };
  try {
    return await search({
      stage: played,
      secretRegistry,
      timeouts: SHORT,
      seed: 7,
      path: null,
      runs: 200,
      withinMs: waitOnThisMachine(90_000),
      endsWithinSeconds: 0.2,
      known: [],
      strict: false,
      restarts: wrong.restart !== undefined,
      stopped: () => false,
      ran: () => {
        if (wrong.isGone === true) kill();
      },
      ...over,
    });
  } finally {
    await stage.close();
  }
}
