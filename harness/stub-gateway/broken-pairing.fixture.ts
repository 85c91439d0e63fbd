import type { Permissions } from '../stateful/permissions.ts';
import type { Ways } from './behaviour.fixture.ts';
import { send } from './gateway.fixture.ts';
import { newToken, type Paired, type Registry, RULES, type Rules } from './pairing.fixture.ts';

/** How a stub gateway is wrong: by its rules, by its answers, by the effect of a restart, or because it is gone after a run. */
export type Wrong = {
  rules?: Partial<Rules>;
  ways?: Partial<Ways>;
  restart?: (registry: Registry) => void;
  version?: string;
  isGone?: boolean;
};

/** An unrelated effect after a decision of this kind. */
const afterEach = (kind: string, what: (registry: Registry, device: string) => void): Wrong => ({
  rules: {
    decided(registry, method, device, role) {
      if (method === kind) what(registry, device);
      RULES.decided(registry, method, device, role);
    },
  },
});

/** Every id that was ever issued stands for the first pending request. */
export function takingOldIds(): Wrong {
  const given = new Set<string>();
  return {
    rules: {
      request(former, asks) {
        const made = RULES.request(former, asks);
        given.add(made.id);
        return made;
      },
      find: (registry, id) => RULES.find(registry, id) ?? (given.has(id) ? [...registry.pending.keys()][0] : undefined),
    },
  };
}
const record = (): Paired => ({ rights: new Set(['operator']), platform: 'linux', publicKey: '', tokens: new Map() });
const more = (rights: Permissions): Permissions => rights.union(new Set(['operator.approvals']));

/** Whether a session may make decisions about pairing at all. */
const mayHandlePairing: Rules['mayDecide'] = (session, ruling) =>
  RULES.mayDecide(session, { ...ruling, rights: new Set() });

/**
 * One way to break each property, and the largest number of actions of the shrunk violation. Any seed leads to a violation of each; `seed` is
 * one that leads to it soon, where the seed of the other searches needs a thousand actions.
 */
export const BROKEN: Record<string, Wrong & { within: number; seed?: number }> = {
  answered: { ways: { refuse: (_house, { raw }) => raw.destroy() }, within: 1 },
  'nobody-unasked': { rules: { isLocal: () => true }, within: 1 },
  'no-more-than-asked': {
    rules: { grants: (asks, { vantage }) => (vantage === 'loopback' ? more(asks) : asks) },
    within: 1,
  },
  'approved-comes-in': { rules: { covers: () => false }, within: 3 },
  'more-waits': {
    rules: {
      request: (former, asks) => ({ ...RULES.request(former, asks), rights: new Set(['operator']) }),
    },
    within: 1,
  },
  'knocking-gives-nothing': {
    rules: {
      covers(paired, asks, platform) {
        const isCovered = RULES.covers(paired, asks, platform);
        if (isCovered) paired.rights = more(paired.rights);
        return isCovered;
      },
    },
    within: 3,
  },
  'local-gets-what-it-asks': { rules: { local: (former, asks) => more(former.union(asks)) }, within: 1 },
  'request-shows-what-was-asked': {
    rules: {
      request(former, asks) {
        const request = RULES.request(former, asks);
        return { ...request, rights: more(request.rights) };
      },
    },
    within: 1,
  },
  'request-stands-still': {
    rules: { request: (former, asks) => ({ ...RULES.request(former, asks), ...(former ? { id: former.id } : {}) }) },
    within: 2,
  },
  'approval-gives-what-was-asked': { rules: { approved: (former, asked) => more(former.union(asked)) }, within: 2 },
  'approval-counts': { rules: { approved: (former) => former }, within: 2 },
  'old-ids-approve-nothing': { ...takingOldIds(), within: 4 },
  'rejection-leaves-nothing': {
    ...afterEach('device.pair.reject', ({ paired }, device) => paired.set(device, record())),
    within: 2,
    seed: 1,
  },
  'removal-leaves-nothing': {
    ...afterEach('device.pair.remove', ({ paired }, device) => paired.set(device, record())),
    within: 3,
    seed: 1,
  },
  'approvers-give-what-they-have': {
    rules: {
      mayDecide: (session, ruling) =>
        ruling.method === 'device.pair.approve' && !ruling.rights.has('node')
          ? mayHandlePairing(session, ruling)
          : RULES.mayDecide(session, ruling),
    },
    within: 7,
    seed: 13,
  },
  'nodes-need-an-admin': {
    rules: {
      mayDecide: (session, ruling) =>
        ruling.rights.has('node') ? mayHandlePairing(session, ruling) : RULES.mayDecide(session, ruling),
    },
    within: 6,
    seed: 29,
  },
  'devices-decide-about-themselves': {
    rules: { mayDecide: (session, ruling) => RULES.mayDecide({ ...session, token: null }, ruling) },
    within: 8,
  },
  'rotation-mints-nothing': {
    rules: {
      mayDecide: (session, ruling) =>
        ruling.method === 'device.token.rotate' ? mayHandlePairing(session, ruling) : RULES.mayDecide(session, ruling),
    },
    within: 6,
    seed: 6,
  },
  'rotation-gives-no-role': {
    rules: {
      rotated(paired, role, scopes) {
        paired.rights = paired.rights.union(new Set([role === 'node' ? 'operator' : 'node']));
        return RULES.rotated(paired, role, scopes);
      },
    },
    within: 4,
  },
  'rotation-gives-no-scope': {
    rules: { rotated: (_paired, _role, scopes) => newToken(new Set(scopes)) },
    within: 4,
    seed: 3,
  },
  'taking-gives-nothing': { rules: { revoked: ({ rights }) => more(rights) }, within: 4 },
  'denied-changes-nothing': {
    rules: {
      rotated(paired, role, scopes) {
        try {
          return RULES.rotated(paired, role, scopes);
        } catch (error) {
          paired.platform = 'another';
          throw error;
        }
      },
    },
    within: 4,
    seed: 3,
  },
  'dead-tokens-stay-dead': { rules: { isToken: (token) => !token.revoked }, within: 5, seed: 6 },
  'tokens-work': { rules: { isToken: () => false }, within: 4 },
  'revoked-session-ends': {
    rules: {
      decided(registry, method, device, role) {
        if (method === 'device.token.rotate') RULES.decided(registry, method, device, role);
      },
    },
    within: 4,
  },
  'rotated-session-ends': {
    rules: {
      decided(registry, method, device, role) {
        if (method !== 'device.token.rotate') RULES.decided(registry, method, device, role);
      },
    },
    within: 5,
  },
  'others-are-left-alone': { ...afterEach('device.pair.reject', ({ pending }) => pending.clear()), within: 3, seed: 6 },
  'others-stay-connected': {
    ...afterEach('device.pair.reject', ({ sessions }) => {
      for (const { visit } of sessions) if (!visit.isOperator) visit.socket.close(4001);
    }),
    within: 7,
    seed: 3,
  },
  'nothing-leaks': {
    ways: {
      greet: (house, visit) =>
        send(visit, { type: 'event', event: 'connect.challenge', payload: { nonce: house.token } }),
    },
    within: 4,
  },
  'setup-codes-work-once': { rules: { isCode: () => true }, within: 3 },
  'setup-codes-decide-nothing': { rules: { handsOver: (asks) => asks }, within: 2 },
  'setup-codes-let-in': { rules: { isCode: () => false }, within: 2 },
  'minting-pairs-nobody': { rules: { minted: ({ pending }) => pending.clear() }, within: 2 },
  'restart-keeps-the-lists': { restart: ({ pending }) => pending.clear(), within: 2, seed: 8 },
};
