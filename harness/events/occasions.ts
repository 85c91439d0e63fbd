import { randomUUID } from 'node:crypto';
import { CLIENT_KINDS, type Claims, honestClaims } from '../client/claims.ts';
import type { CallEnd } from '../client/connection.ts';
import { DEFAULT_LIMITS, type Knock, knock } from '../client/handshake.ts';
import type { Operator } from '../gateway/pairing/operator.ts';
import type { StageInPlay } from '../gateway/stage/stage.ts';
import { mintSetupCode } from '../play/setup-code.ts';

/** What an occasion has: the stage, its operator, the session that callers subscribe to, and a mark for every text that is content. */
export type Scene = {
  stage: StageInPlay;
  operator: Operator;
  sessionKey: string;
  mark: string;
  /** Registers a secret of the run, by its name. */
  learn(name: string, secret: string): void;
};

/** Something that a gateway tells its clients about. `happens` gives whether the gateway did it. */
type Occasion = { id: string; what: string; happens(scene: Scene): Promise<boolean> };

const isDone = ({ kind }: CallEnd): boolean => kind === 'answered';

/** How long a turn of an agent may take, in milliseconds. Measured on 2 busy cores: 20 s. */
const TURN_MS = 120_000;

/** What is made to happen while the callers listen, in this order. Every text that only an entitled caller may read contains the mark. */
export const OCCASIONS: readonly Occasion[] = [
  {
    id: 'a-device-asks-and-is-approved',
    what: 'an unknown device knocks from another machine, and the operator approves it',
    happens: (scene) => pair(scene, 'operator'),
  },
  {
    id: 'a-node-asks-and-is-approved',
    what: 'an unknown node knocks from another machine, and the operator approves it',
    happens: (scene) => pair(scene, 'node'),
  },
  {
    id: 'a-phone-scans-a-setup-code',
    what: 'the operator makes a setup code, and a phone joins with it from another machine',
    async happens({ stage, learn }) {
      if (stage.command === null) return false;
      const { token } = await mintSetupCode(stage, { owner: 'events', limited: false });
      if (token === null) return false;
      learn('bootstrap token', token);
      const phone = { clientId: 'openclaw-ios', clientMode: 'node', credentials: { bootstrapToken: token } };
      const claims = { ...claimsOf(stage, phone), platform: 'iOS 18', deviceFamily: 'iPhone', role: 'node' as const };
      const { end } = await knockFromLan(stage, claims);
      return end.kind === 'hello';
    },
  },
  {
    id: 'an-agent-takes-a-turn',
    what: 'the operator sends a message to an agent, which answers',
    async happens({ operator, sessionKey, mark }) {
      const message = `say nothing of ${mark}`;
      const begun = await operator.call('agent', {
        message,
        agentId: 'main',
        sessionKey,
        idempotencyKey: randomUUID(),
      });
      if (begun.kind !== 'answered') return false;
      return isDone(await operator.call('agent.wait', { runId: begun.payload.runId, timeoutMs: TURN_MS }));
    },
  },
  {
    id: 'a-message-is-injected',
    what: 'the operator puts a message into the session',
    happens: async ({ operator, sessionKey, mark }) =>
      isDone(await operator.call('chat.inject', { sessionKey, message: mark })),
  },
  {
    id: 'a-session-is-renamed',
    what: 'the operator gives the session a label',
    happens: async ({ operator, sessionKey, mark }) =>
      isDone(await operator.call('sessions.patch', { key: sessionKey, label: mark })),
  },
  {
    id: 'an-approval-is-asked-and-given',
    what: 'somebody asks whether a command may run, and the operator denies it',
    async happens({ operator, mark }) {
      const id = randomUUID();
      const asked = await operator.call('exec.approval.request', {
        ...{ id, command: `echo ${mark}`, commandArgv: ['echo', mark], cwd: '/tmp', host: 'gateway' },
        ...{ security: 'allowlist', ask: 'always', timeoutMs: TURN_MS, twoPhase: true },
      });
      return isDone(asked) && isDone(await operator.call('exec.approval.resolve', { id, decision: 'deny' }));
    },
  },
  {
    id: 'a-job-is-added-and-removed',
    what: 'the operator adds a cron job that is not due, and removes it',
    async happens({ operator, mark }) {
      const added = await operator.call('cron.add', {
        ...{ name: mark, enabled: false, schedule: { kind: 'every', everyMs: 86_400_000 } },
        ...{ sessionTarget: 'main', wakeMode: 'next-heartbeat', payload: { kind: 'systemEvent', text: mark } },
      });
      return added.kind === 'answered' && isDone(await operator.call('cron.remove', { id: added.payload.id }));
    },
  },
  {
    id: 'wake-words-change',
    what: 'the operator sets the words that wake a device',
    happens: async ({ operator, mark }) => isDone(await operator.call('voicewake.set', { triggers: [mark] })),
  },
  {
    id: 'talk-mode-changes',
    what: 'the operator switches the talk mode off',
    happens: async ({ operator }) => isDone(await operator.call('talk.mode', { enabled: false })),
  },
  {
    id: 'a-system-event',
    what: 'the operator reports a system event',
    happens: async ({ operator, mark }) => isDone(await operator.call('system-event', { text: mark })),
  },
];

/** A new device of this role knocks from another machine, waits, and is approved. */
async function pair({ stage, operator }: Scene, role: 'operator' | 'node'): Promise<boolean> {
  const { id, mode } = role === 'node' ? CLIENT_KINDS.node : CLIENT_KINDS.cli;
  const claims = claimsOf(stage, { clientId: id, clientMode: mode, credentials: stage.credentials() });
  await knockFromLan(stage, { ...claims, role, scopes: role === 'node' ? [] : ['operator.read'] });
  const waits = (await operator.list()).pending.find(({ deviceId }) => deviceId === claims.identity?.deviceId);
  return waits !== undefined && isDone(await operator.call('device.pair.approve', { requestId: waits.requestId }));
}

function claimsOf(stage: StageInPlay, client: Pick<Claims, 'clientId' | 'clientMode' | 'credentials'>): Claims {
  return honestClaims({ release: stage.version(), buildId: stage.buildId(), ...client });
}

async function knockFromLan(stage: StageInPlay, claims: Claims): Promise<Knock> {
  const route = stage.route({ from: 'lan', through: 'documented' });
  const made = await knock({ ...route, path: '/', form: claims.form, headers: {} }, claims, DEFAULT_LIMITS);
  await made.connection?.close();
  return made;
}
