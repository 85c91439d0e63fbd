import { randomBytes, randomUUID } from 'node:crypto';
import { inRange } from '../scenario/releases/range.ts';

/** A call that decides whether a session holds a scope. */
export type Probe = {
  scope: string;
  method: string;
  /** Gives parameters as a client sends them, about an object that does not exist; new ones at each call. */
  params(): Record<string, unknown>;
  /** Other scopes that suffice for the call. */
  alsoBy: readonly string[];
  /** Other scopes that the call also requires: without them it is denied even if the session holds this one. */
  needs: readonly string[];
};

type Row = Probe & { releases: string };

const ADMIN = 'operator.admin';
const WRITE = 'operator.write';
const MAIN = 'agent:main:main';
const BY_ADMIN = { alsoBy: [ADMIN], needs: [] };

/**
 * One call for each scope and release. Each is a call that the release's own clients make, and changes nothing: its object does not exist,
 * or already has the state that the call asks for. Source of methods and scopes: the tables in the packages (`CORE_GATEWAY_METHOD_SPECS` in
 * dist/method-scopes-*, `READ_METHODS` and similar ones in older packages).
 */
const ROWS: readonly Row[] = [
  {
    // Not a call about sessions: on 2026.9.6 operator.sessions.read suffices for those.
    releases: '*',
    scope: 'operator.read',
    method: 'node.describe',
    params: () => ({ nodeId: randomBytes(32).toString('hex') }),
    alsoBy: [ADMIN, WRITE],
    needs: [],
  },
  {
    releases: '*',
    scope: WRITE,
    method: 'agent.wait',
    params: () => ({ runId: randomUUID(), timeoutMs: 1 }),
    ...BY_ADMIN,
  },
  { releases: '*', scope: ADMIN, method: 'cron.remove', params: () => ({ id: randomUUID() }), alsoBy: [], needs: [] },
  {
    releases: '*',
    scope: 'operator.pairing',
    method: 'device.pair.reject',
    params: () => ({ requestId: randomUUID() }),
    ...BY_ADMIN,
  },
  {
    releases: '*',
    scope: 'operator.approvals',
    method: 'exec.approval.resolve',
    params: () => ({ id: randomUUID(), decision: 'deny' }),
    ...BY_ADMIN,
  },
  {
    releases: '*',
    scope: 'operator.talk.secrets',
    method: 'talk.config',
    params: () => ({ includeSecrets: true }),
    alsoBy: [ADMIN],
    needs: ['operator.read'],
  },
  {
    releases: '>=2026.8.1 <=2026.9.1',
    scope: 'operator.questions',
    method: 'question.get',
    params: () => ({ id: randomUUID() }),
    ...BY_ADMIN,
  },
  {
    // After 2026.9.1 a scope to write to sessions suffices to answer their questions.
    releases: '>2026.9.1',
    scope: 'operator.questions',
    method: 'question.get',
    params: () => ({ id: randomUUID() }),
    alsoBy: [ADMIN, WRITE, 'operator.sessions.write'],
    needs: [],
  },
  {
    releases: '>=2026.8.1',
    scope: 'operator.talk',
    // Not talk.session.close: for a session that does not exist, its error is that of a gateway that is starting.
    method: 'talk.client.steer',
    params: () => ({ sessionKey: MAIN, text: 'status', mode: 'status' }),
    alsoBy: [ADMIN, WRITE],
    needs: [],
  },
  {
    releases: '>2026.9.1',
    scope: 'operator.sessions.read',
    method: 'sessions.resolve',
    params: () => ({ key: MAIN }),
    alsoBy: [ADMIN, WRITE, 'operator.read', 'operator.sessions.write'],
    needs: [],
  },
  {
    releases: '>2026.9.1',
    scope: 'operator.sessions.write',
    method: 'chat.abort',
    params: () => ({ sessionKey: MAIN, runId: randomUUID() }),
    alsoBy: [ADMIN, WRITE],
    needs: [],
  },
];

/** Gives the calls of a release, at most one for each scope. For a version that cannot be read, those that every release has. */
export function probesOf(release: string): readonly Probe[] {
  return ROWS.filter(({ releases }) => releases === '*' || inRange(release, releases));
}
