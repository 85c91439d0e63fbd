import { randomBytes, randomUUID } from 'node:crypto';
import { inRange } from '../scenario/range.ts';

/** A call that shows whether a session holds a scope. */
export type Probe = {
  scope: string;
  method: string;
  /** Parameters as a client would send them, about something that is not there; new ones each time. */
  params(): Record<string, unknown>;
  /** Other scopes with which the call is let through as well. */
  alsoBy: readonly string[];
  /** Other scopes without which the call is denied whether or not the session holds this one. */
  needs: readonly string[];
};

type Row = Probe & { range: string };

const ADMIN = 'operator.admin';
const WRITE = 'operator.write';
const MAIN = 'agent:main:main';
const BY_ADMIN = { alsoBy: [ADMIN], needs: [] };

/**
 * A call per scope and release. Each is one that the release's own clients make, and does nothing: what it is about is not there, or it
 * asks for what is there already. Methods and scopes are those of the packages' own tables (`CORE_GATEWAY_METHOD_SPECS` in
 * dist/method-scopes-*, `READ_METHODS` and the like in older ones).
 */
const ROWS: readonly Row[] = [
  {
    // Not a call about sessions: 2026.9.6 lets those through by operator.sessions.read too.
    range: '*',
    scope: 'operator.read',
    method: 'node.describe',
    params: () => ({ nodeId: randomBytes(32).toString('hex') }),
    alsoBy: [ADMIN, WRITE],
    needs: [],
  },
  {
    range: '*',
    scope: WRITE,
    method: 'agent.wait',
    params: () => ({ runId: randomUUID(), timeoutMs: 1 }),
    ...BY_ADMIN,
  },
  { range: '*', scope: ADMIN, method: 'cron.remove', params: () => ({ id: randomUUID() }), alsoBy: [], needs: [] },
  {
    range: '*',
    scope: 'operator.pairing',
    method: 'device.pair.reject',
    params: () => ({ requestId: randomUUID() }),
    ...BY_ADMIN,
  },
  {
    range: '*',
    scope: 'operator.approvals',
    method: 'exec.approval.resolve',
    params: () => ({ id: randomUUID(), decision: 'deny' }),
    ...BY_ADMIN,
  },
  {
    range: '*',
    scope: 'operator.talk.secrets',
    method: 'talk.config',
    params: () => ({ includeSecrets: true }),
    alsoBy: [ADMIN],
    needs: ['operator.read'],
  },
  {
    range: '>=2026.8.1 <=2026.9.1',
    scope: 'operator.questions',
    method: 'question.get',
    params: () => ({ id: randomUUID() }),
    ...BY_ADMIN,
  },
  {
    // From here on whoever may write to sessions may answer their questions.
    range: '>2026.9.1',
    scope: 'operator.questions',
    method: 'question.get',
    params: () => ({ id: randomUUID() }),
    alsoBy: [ADMIN, WRITE, 'operator.sessions.write'],
    needs: [],
  },
  {
    range: '>=2026.8.1',
    scope: 'operator.talk',
    // Of a session that is not there, talk.session.close says what a gateway says that is starting.
    method: 'talk.client.steer',
    params: () => ({ sessionKey: MAIN, text: 'status', mode: 'status' }),
    alsoBy: [ADMIN, WRITE],
    needs: [],
  },
  {
    range: '>2026.9.1',
    scope: 'operator.sessions.read',
    method: 'sessions.resolve',
    params: () => ({ key: MAIN }),
    alsoBy: [ADMIN, WRITE, 'operator.read', 'operator.sessions.write'],
    needs: [],
  },
  {
    range: '>2026.9.1',
    scope: 'operator.sessions.write',
    method: 'chat.abort',
    params: () => ({ sessionKey: MAIN, runId: randomUUID() }),
    alsoBy: [ADMIN, WRITE],
    needs: [],
  },
];

/** The probes of a release, at most one for each scope. A version that cannot be read has those that every release has. */
export function probesOf(release: string): readonly Probe[] {
  return ROWS.filter(({ range }) => range === '*' || inRange(release, range));
}
