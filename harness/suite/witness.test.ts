import { expect, test } from 'vitest';
import { honestClaims } from '../client/claims.ts';
import { knock } from '../client/handshake.ts';
import { createIdentity, type Identity } from '../client/identity.ts';
import type { CommandRequest, Stage } from '../gateway/stage/stage.ts';
import { commandSequencesOf } from '../pairwise/command-sequence.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { ROOT } from '../root.ts';
import type { CommandResult } from '../scenario/schema/observation.ts';
import type { Visit, Ways } from '../stub-gateway/behaviour.fixture.ts';
import { RIGHT } from '../stub-gateway/gateway.fixture.ts';
import { openStubStage } from '../stub-gateway/stage.fixture.ts';
import { SHORT } from '../stub-gateway/stub-scenario.fixture.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { playWitness, witnessCheck } from './witness.ts';

const CONTEXT: JudgeContext = {
  gateway: 'stub',
  version: '2026.9.6',
  purpose: 'run',
  skipped: null,
  deviations: [],
  today: '2026-11-21',
  redact: (text) => text,
};

/** The mark by which the stub gateway recognises the harness; it stands for any mark. */
const OWN = { 'X-Own-Client': 'yes' };

/** A stand-in for the release's own command, with its output, because the stub gateway has none. */
function strangersCommand(stage: Stage): Stage['command'] {
  const homes = new Map<string, Identity>();
  return async ({ argv, owner, place }: CommandRequest): Promise<CommandResult> => {
    const identity = homes.get(owner) ?? createIdentity();
    homes.set(owner, identity);
    const token = argv[argv.indexOf('--token') + 1] ?? '';
    const from = place === 'sidecar' ? 'loopback' : 'lan';
    const target = {
      ...stage.route({ from, through: 'documented' }),
      path: '/',
      form: 'command' as const,
      headers: OWN,
    };
    const claims = {
      ...honestClaims({
        release: CONTEXT.version,
        buildId: null,
        clientId: 'cli',
        clientMode: 'cli',
        credentials: { token },
      }),
      identity,
      scopes: ['operator.read'],
    };
    const { end, connection } = await knock(target, claims, SHORT);
    await connection?.close();
    const result = { argv: ['openclaw', ...argv], stdout: '', stderr: '' };
    if (end.kind === 'hello') return { ...result, exitCode: 0, stdout: '{"jobs":[]}' };
    const why = end.kind === 'closed' ? `gateway closed (${end.code}): ${end.reason}` : end.kind;
    return { ...result, exitCode: 1, stderr: `Gateway call failed: Error: ${why}\n` };
  };
}

/** The check of the witness on a stub gateway, with this stand-in for the command. */
async function judged(
  broken: Partial<Ways>,
  commandOn: (stage: Stage) => Stage['command'] = strangersCommand,
): Promise<{ verdict: string; compared: number; seen: string; because: string | null; told: string | undefined }> {
  const secretRegistry = createSecretRegistry();
  const { stage } = await openStubStage(broken, secretRegistry);
  try {
    const played = await playWitness(commandSequencesOf(7, CONTEXT.version), {
      stage: { ...stage, command: commandOn(stage) },
      secretRegistry,
      timeouts: SHORT,
      stopped: () => false,
      knocked: () => {},
      seed: 1,
    });
    const check = witnessCheck(played, 7, ROOT, CONTEXT);
    const { verdict, compared, seen, because, observation } = check;
    return { verdict, compared, seen, because, told: observation?.command?.stdout };
  } finally {
    await stage.close();
  }
}

const isHarness = ({ request }: Visit): boolean => request.headers['x-own-client'] === undefined;

test('a gateway that treats all clients alike gives its own command the same answer to each knock', async () => {
  expect(await judged({})).toEqual({
    verdict: 'pass',
    compared: 23,
    seen: '23 knocks of its own command, each with the same answer as a client of the harness',
    because: null,
    told: undefined,
  });
});

test('a gateway that recognises the harness, and admits every other client, fails the check', async () => {
  const seen = await judged({ isLocal: (visit) => !isHarness(visit) || RIGHT.isLocal(visit) });
  expect(seen).toMatchObject({ verdict: 'fail', told: '{"jobs":[]}' });
  expect(seen.seen).toContain(
    'its own command: admitted; a client of the harness: refused with 1008, pairing-required',
  );
});

test('a gateway that admits only the harness fails the check', async () => {
  const seen = await judged({ isLocal: (visit) => isHarness(visit) || RIGHT.isLocal(visit) });
  expect(seen.verdict).toBe('fail');
  expect(seen.seen).toContain('its own command: refused, pairing-required; a client of the harness: admitted');
});

test('a difference that the second sequence does not show is flaky', async () => {
  let strangers = 0;
  const seen = await judged({
    isLocal(visit) {
      if (isHarness(visit) || visit.vantage !== 'lan') return RIGHT.isLocal(visit);
      strangers += 1;
      return strangers === 1;
    },
  });
  expect(seen.verdict).toBe('flaky');
});

test('a command that cannot be run leaves the check not testable', async () => {
  const seen = await judged({}, (stage) => stage.command);
  expect(seen).toMatchObject({ verdict: 'not-testable', compared: 0, because: 'stage stub has no command' });
});

test('a command whose output does not name an outcome leaves the check not testable', async () => {
  const silent = async ({ argv }: CommandRequest): Promise<CommandResult> => ({
    argv,
    exitCode: 1,
    stdout: '',
    stderr: 'Error: unknown command',
  });
  const seen = await judged({}, () => silent);
  expect(seen.verdict).toBe('not-testable');
  expect(seen.because).toContain('does not say why: Error: unknown command');
});
