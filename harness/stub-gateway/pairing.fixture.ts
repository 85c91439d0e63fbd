import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  exceeding,
  NONE,
  type Permissions,
  permissionsOf,
  permissionsWithout,
  scopesIn,
} from '../stateful/permissions.ts';
import type { Asked, Visit, Ways } from './behaviour.fixture.ts';
import { answerCall } from './calls.fixture.ts';
import { pairingRequired, send } from './gateway.fixture.ts';

/** A stub gateway that pairs devices, decides and issues tokens correctly. A test replaces one of its rules to make it wrong. */

type Token = { value: string; scopes: Permissions; revoked: boolean };
export type Paired = { rights: Permissions; platform: string; publicKey: string; tokens: Map<string, Token> };
export type Pending = { id: string; rights: Permissions; platform: string; publicKey: string };
type Session = { visit: Visit; device: string; role: string; token: string | null };
/** The decision that a session requests. */
export type Ruling = { method: string; device: string; rights: Permissions };
export type Registry = {
  paired: Map<string, Paired>;
  pending: Map<string, Pending>;
  sessions: Set<Session>;
  /** Setup codes, and whether a client was admitted with them. */
  codes: Map<string, { isSpent: boolean }>;
};

export type Rules = {
  /** Whether a paired device may have this access without an approval. */
  covers(paired: Paired, asks: Permissions, platform: string): boolean;
  /** The permissions of an admitted session. */
  grants(asks: Permissions, visit: Visit): Permissions;
  /** The permissions of a device after a silent local pairing. */
  local(former: Permissions, asks: Permissions): Permissions;
  /** The pending request after a device has asked. */
  request(former: Pending | undefined, asks: Permissions): Pick<Pending, 'id' | 'rights'>;
  /** The permissions of a device after an approval. */
  approved(former: Permissions, asked: Permissions): Permissions;
  /** The device whose request has this id. */
  find(registry: Registry, id: string): string | undefined;
  /** Whether a presented token is the issued one. */
  isToken(token: Token, value: string): boolean;
  /** The token after a rotation. */
  rotated(paired: Paired, role: string, scopes: readonly string[]): Token;
  /** The permissions that are left after the token of a role is revoked. */
  revoked(paired: Paired, role: string): Permissions;
  /** Called after a decision about a device, for its further effects. */
  decided(registry: Registry, method: string, device: string, role: string | null): void;
  isLocal(visit: Visit): boolean;
  /** Whether a setup code is valid. */
  isCode(code: { isSpent: boolean }): boolean;
  /** What a setup code grants to a client that asks for this; null for nothing. */
  handsOver(asks: Permissions): Permissions | null;
  /** Called after a setup code was issued, for its further effects. */
  minted(registry: Registry): void;
  /** Whether a session may make this decision. */
  mayDecide(session: Session, ruling: Ruling): boolean;
};

export const newToken = (scopes: Permissions): Token => ({ value: randomUUID(), scopes, revoked: false });

export const RULES: Rules = {
  covers: (paired, asks, platform) => paired.platform === platform && exceeding(asks, paired.rights).size === 0,
  grants: (asks) => asks,
  local: (former, asks) => former.union(asks),
  request: (former, asks) =>
    former !== undefined && exceeding(asks, former.rights).size === 0
      ? former
      : { id: randomUUID(), rights: asks.union(former?.rights ?? NONE) },
  approved: (former, asked) => former.union(asked),
  find: ({ pending }, id) => [...pending].find(([, request]) => request.id === id)?.[0],
  isToken: (token, value) => !token.revoked && token.value === value,
  rotated: (paired, role, scopes) => {
    if (exceeding(new Set(scopes), paired.rights).size > 0 || !paired.rights.has(role))
      throw new Error('rotation denied');
    return newToken(new Set(scopes));
  },
  revoked: ({ rights }, role) => (role === 'operator' || role === 'node' ? permissionsWithout(rights, role) : rights),
  decided({ sessions }, method, device, role) {
    if (method !== 'device.pair.remove' && !method.startsWith('device.token.')) return;
    for (const session of sessions) {
      const isMeant = session.device === device && (role === null || session.role === role);
      // A client that rotates its own token gets the new one before its session ends.
      if (isMeant && (method !== 'device.token.rotate' || session.token !== null))
        queueMicrotask(() => session.visit.socket.close(4001));
    }
  },
  isLocal: ({ vantage }) => vantage === 'loopback',
  isCode: ({ isSpent }) => !isSpent,
  handsOver: (asks) => (asks.has('node') ? asks : null),
  minted: () => {},
  mayDecide({ visit, token, device }, ruling) {
    const held = new Set(visit.held);
    if (held.has('operator.admin')) return true;
    if (!held.has('operator.pairing') || ruling.rights.has('node')) return false;
    return (
      exceeding(ruling.rights, permissionsOf('operator', [...held])).size === 0 &&
      (token === null || device === ruling.device)
    );
  },
};

const paramsShape = z
  .object({ requestId: z.string(), deviceId: z.string(), role: z.string(), scopes: z.array(z.string()) })
  .partial();

/** The behaviour of such a gateway for a stub stage, with its registry, so that a restart can lose part of it. */
export function pairingGateway(wrong: Partial<Rules> = {}): {
  ways: Partial<Ways>;
  registry: Registry;
  /** The output of the command for setup codes. */
  mint(): string;
} {
  const rules = { ...RULES, ...wrong };
  const registry: Registry = { paired: new Map(), pending: new Map(), sessions: new Set(), codes: new Map() };
  const ways: Partial<Ways> = {
    rule(house, visit, asked) {
      const asks = permissionsOf(asked.role, asked.scopes);
      const { id, publicKey } = asked.device;
      const { platform } = asked.client;
      const paired = registry.paired.get(id);
      const token = paired?.tokens.get(asked.role);
      const { token: secret, deviceToken = '', bootstrapToken } = asked.auth;
      const code = registry.codes.get(bootstrapToken ?? '');
      const handed = code !== undefined && rules.isCode(code) ? rules.handsOver(asks) : null;
      if (code !== undefined && handed !== null) {
        code.isSpent = true;
        const rights = handed.union(paired?.rights ?? NONE);
        registry.paired.set(id, { rights, platform, publicKey, tokens: paired?.tokens ?? new Map() });
        return { kind: 'admitted', scopes: scopesIn(handed) };
      }
      const isGiven =
        token !== undefined &&
        rules.isToken(token, deviceToken) &&
        exceeding(asks, permissionsOf(asked.role, [...token.scopes])).size === 0;
      if (bootstrapToken !== undefined || (secret !== house.token && !isGiven)) {
        const details = { code: 'AUTH_DEVICE_TOKEN_MISMATCH' };
        return { kind: 'refused', error: { code: 'INVALID_REQUEST', message: 'unauthorized', details } };
      }
      if (paired !== undefined && rules.covers(paired, asks, platform))
        return { kind: 'admitted', scopes: scopesIn(rules.grants(asks, visit)) };
      const former = registry.pending.get(id);
      if (former === undefined && secret === house.token && rules.isLocal(visit)) {
        const rights = rules.local(paired?.rights ?? NONE, asks);
        registry.paired.set(id, { rights, platform, publicKey, tokens: paired?.tokens ?? new Map() });
        return { kind: 'admitted', scopes: scopesIn(rules.grants(asks, visit)) };
      }
      const request = rules.request(former, asks);
      registry.pending.set(id, { ...request, platform, publicKey });
      return { kind: 'refused', error: pairingRequired('not-paired', request.id) };
    },
    admit(house, visit, asked, scopes) {
      visit.held = asked.role === 'operator' ? scopes : [];
      const deviceToken = tokenFor(registry, asked);
      const session = { visit, device: asked.device.id, role: asked.role, token: asked.auth.deviceToken ?? null };
      registry.sessions.add(session);
      visit.socket.once('close', () => registry.sessions.delete(session));
      const auth = { role: asked.role, scopes, deviceToken };
      const server = { version: house.release, connId: visit.conn };
      send(visit, {
        type: 'res',
        id: asked.id,
        ok: true,
        payload: { type: 'hello-ok', protocol: house.protocol, server, auth },
      });
    },
    call(house, visit, { id, method, params }) {
      if (!method.startsWith('device.'))
        return send(visit, { type: 'res', id, ...answerCall(house, visit, method, params) });
      const session = [...registry.sessions].find((each) => each.visit === visit);
      if (session === undefined) return;
      try {
        send(visit, { type: 'res', id, ok: true, payload: decide(registry, rules, session, method, params) });
      } catch (error) {
        send(visit, { type: 'res', id, ok: false, error: { code: 'INVALID_REQUEST', message: `${error}` } });
      }
    },
  };
  const mint = (): string => {
    const bootstrapToken = randomUUID();
    registry.codes.set(bootstrapToken, { isSpent: false });
    rules.minted(registry);
    return JSON.stringify({ setupCode: Buffer.from(JSON.stringify({ bootstrapToken })).toString('base64url') });
  };
  return { ways, registry, mint };
}

function tokenFor({ paired }: Registry, asked: Asked): string | undefined {
  const record = paired.get(asked.device.id);
  if (record === undefined) return undefined;
  const scopes = new Set(asked.scopes);
  const token = record.tokens.get(asked.role);
  if (token !== undefined && !token.revoked && exceeding(scopes, token.scopes).size === 0) return token.value;
  const made = newToken(scopes);
  record.tokens.set(asked.role, made);
  return made.value;
}

function decide(
  registry: Registry,
  rules: Rules,
  session: Session,
  method: string,
  raw: Record<string, unknown>,
): object {
  if (method === 'device.pair.list') return listOf(registry);
  const { requestId = '', deviceId = '', role = 'operator', scopes } = paramsShape.parse(raw);
  const { paired, pending } = registry;
  const hold = (ruling: Omit<Ruling, 'method'>): void => {
    if (!rules.mayDecide(session, { method, ...ruling })) throw new Error('denied');
  };
  if (method === 'device.pair.approve' || method === 'device.pair.reject') {
    // As in a gateway, the check of the scope comes before the lookup of the request.
    const mayAsk = ['operator.pairing', 'operator.admin'].some((scope) => session.visit.held?.includes(scope));
    const isThere = [...pending.values()].some(({ id }) => id === requestId);
    if (!mayAsk && !isThere) throw new Error('missing scope: operator.pairing');
    const device = rules.find(registry, requestId);
    const request = pending.get(device ?? '');
    if (device === undefined || request === undefined) throw new Error('unknown requestId');
    hold({ device, rights: request.rights });
    pending.delete(device);
    const former = paired.get(device);
    if (method === 'device.pair.approve')
      paired.set(device, {
        rights: rules.approved(former?.rights ?? NONE, request.rights),
        platform: request.platform,
        publicKey: request.publicKey,
        tokens: former?.tokens ?? new Map(),
      });
    rules.decided(registry, method, device, null);
    return { requestId };
  }
  hold({ device: deviceId, rights: permissionsOf(role, scopes ?? []) });
  const record = paired.get(deviceId);
  if (record === undefined) throw new Error('unknown deviceId');
  if (method === 'device.pair.remove') {
    paired.delete(deviceId);
    rules.decided(registry, method, deviceId, null);
    return { deviceId };
  }
  const token = record.tokens.get(role);
  if (token === undefined) throw new Error('unknown role');
  if (method === 'device.token.rotate') {
    record.tokens.set(role, rules.rotated(record, role, scopes ?? [...token.scopes]));
  } else {
    record.tokens.set(role, { ...token, revoked: true });
    record.rights = rules.revoked(record, role);
  }
  rules.decided(registry, method, deviceId, role);
  return { deviceId, role };
}

function listOf({ paired, pending }: Registry): object {
  const row = (rights: Permissions) => {
    const roles = [...rights].filter((right) => !right.includes('.'));
    return { ...(roles[0] === undefined ? {} : { role: roles[0] }), roles, scopes: scopesIn(rights) };
  };
  return {
    paired: [...paired].map(([deviceId, { rights, platform, publicKey, tokens }]) => ({
      deviceId,
      publicKey,
      platform,
      ...row(rights),
      tokens: [...tokens].map(([role, { scopes, revoked }]) => ({
        role,
        scopes: [...scopes],
        ...(revoked ? { revokedAtMs: 1 } : {}),
      })),
    })),
    pending: [...pending].map(([deviceId, { id, rights }]) => ({ requestId: id, deviceId, ...row(rights) })),
  };
}
