import { randomUUID } from 'node:crypto';
import type { CallEnd } from '../client/connection.ts';
import type { Operator } from '../gateway/pairing/operator.ts';
import type { Caller } from '../rights/callers.ts';
import { type Making, makeCaller } from '../rights/make-caller.ts';

/** What an occasion has: the stage, its operator, the session that callers subscribe to, and a mark for every text that is content. */
export type Scene = { making: Making; operator: Operator; sessionKey: string; mark: string };

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
    happens: (scene) => comesIn(scene, { admission: 'paired', role: 'operator', asks: ['operator.read'] }),
  },
  {
    id: 'a-node-asks-and-is-approved',
    what: 'an unknown node knocks from another machine, and the operator approves it',
    happens: (scene) => comesIn(scene, { admission: 'paired', role: 'node', asks: [] }),
  },
  {
    id: 'a-phone-scans-a-setup-code',
    what: 'the operator makes a setup code, and a phone joins with it from another machine',
    happens: (scene) => comesIn(scene, { admission: 'setup-code', role: 'node', asks: [] }),
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

/** A new device comes in from another machine, as `makeCaller` says, and goes. */
async function comesIn({ making }: Scene, kind: Pick<Caller, 'admission' | 'role' | 'asks'>): Promise<boolean> {
  const { state, open } = await makeCaller(making, { id: 'visitor', place: 'remote', ...kind }, kind.asks);
  await (await open())?.close();
  return state.kind === 'admitted';
}
