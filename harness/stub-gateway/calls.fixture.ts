import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { House, Visit } from './behaviour.fixture.ts';

/** The calls that the harness makes, each with the scope that it needs; `operator.admin` allows all of them. */
const NEEDS: Record<string, string> = {
  'device.pair.list': 'operator.pairing',
  'device.pair.approve': 'operator.pairing',
  'device.pair.reject': 'operator.pairing',
  'device.pair.remove': 'operator.pairing',
  'node.describe': 'operator.read',
  'agent.wait': 'operator.write',
  'cron.remove': 'operator.admin',
  'exec.approval.resolve': 'operator.approvals',
  'question.get': 'operator.questions',
  'talk.client.steer': 'operator.talk',
  'talk.config': 'operator.talk.secrets',
  'sessions.resolve': 'operator.sessions.read',
  'chat.abort': 'operator.sessions.write',
};

type Answer = { ok: true; payload: object } | { ok: false; error: { code: string; message: string } };

const invalid = (message: string): Answer => ({ ok: false, error: { code: 'INVALID_REQUEST', message } });
const idShape = z.object({ requestId: z.string(), deviceId: z.string() }).partial();

/** Answers one call on an admitted session as a gateway does: it checks the scope first, then the parameters. */
export function answerCall(house: House, visit: Visit, method: string, params: Record<string, unknown>): Answer {
  const need = NEEDS[method];
  if (need === undefined) return invalid(`unknown method: ${method}`);
  const held = visit.held ?? [];
  if (!held.includes(need) && !held.includes('operator.admin')) return invalid(`missing scope: ${need}`);
  const { requestId, deviceId } = idShape.parse(params);
  switch (method) {
    case 'device.pair.list':
      return { ok: true, payload: listOf(house) };
    case 'device.pair.approve': {
      const [id, request] = [...house.pending].find(([, pending]) => pending.requestId === requestId) ?? [];
      if (id === undefined || request === undefined) return invalid('unknown requestId');
      pair(house, id, request.publicKey, request.scopes);
      house.write(`[gateway] device pairing approved device=${id} role=operator`);
      return { ok: true, payload: { requestId } };
    }
    case 'device.pair.remove':
      return house.paired.delete(deviceId ?? '') ? { ok: true, payload: { deviceId } } : invalid('unknown deviceId');
    default:
      return invalid(`invalid ${method} params`);
  }
}

function listOf({ paired, pending }: House): object {
  const role = 'operator';
  return {
    paired: [...paired].map(([deviceId, { publicKey, scopes }]) => ({
      deviceId,
      publicKey,
      role,
      roles: [role],
      scopes,
      approvedScopes: scopes,
      tokens: [{ role, scopes }],
    })),
    pending: [...pending].map(([deviceId, { requestId, scopes }]) => ({ requestId, deviceId, role, scopes })),
  };
}

export function pair(house: House, deviceId: string, publicKey: string, scopes: readonly string[]): void {
  const before = house.paired.get(deviceId);
  const all = [...new Set([...(before?.scopes ?? []), ...scopes])];
  house.paired.set(deviceId, { publicKey, scopes: all, token: before?.token ?? randomBytes(16).toString('hex') });
  house.pending.delete(deviceId);
}
