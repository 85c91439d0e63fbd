import { randomUUID } from 'node:crypto';
import type { Ruling, Visit, Ways } from './behaviour.fixture.ts';
import { pair } from './calls.fixture.ts';
import { ask, pairingRequired, RIGHT, send } from './gateway.fixture.ts';

/** Stub gateways that are broken in one way each. play/play.broken-gateways.test.ts has the checks that must notice each of them. */

const admitted = (scopes: readonly string[]): Ruling => ({ kind: 'admitted', scopes });
const hangUp = ({ raw }: Visit): void => {
  raw.destroy();
};
/** Waits before an action, and leaves it out if the client has disconnected by then. */
function later(visit: Visit, ms: number, work: () => void): void {
  const timer = setTimeout(() => {
    if (visit.socket.readyState === visit.socket.OPEN) work();
  }, ms);
  visit.socket.once('close', () => clearTimeout(timer));
}

const slow = (ms: number): Partial<Ways> => ({
  greet: (house, visit) => later(visit, ms, () => RIGHT.greet(house, visit)),
});

const events = (visit: Visit, count: number): void => {
  for (let index = 0; index < count; index += 1)
    send(visit, { type: 'event', event: 'tick', payload: { index, pad: 'x'.repeat(200) } });
};

/** Writes to the connection below the WebSocket as long as the other side reads, at most `count` pieces. */
function pour({ raw }: Visit, piece: Buffer, count: number): void {
  let left = count;
  const more = (): void => {
    while (left > 0 && !raw.destroyed) {
      left -= 1;
      if (!raw.write(piece)) {
        raw.once('drain', more);
        return;
      }
    }
  };
  more();
}

/** One text frame of `bytes` bytes: its header, and one piece that is sent repeatedly. */
function hugeFrame(visit: Visit, bytes: number): void {
  const header = Buffer.alloc(10);
  header[0] = 0x81;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(bytes), 2);
  visit.raw.write(header);
  const piece = Buffer.alloc(64 * 1024, 'a');
  pour(visit, piece, Math.ceil(bytes / piece.length));
}

const aFrame = (text: string): Buffer => {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]), body]);
};
const TICK = aFrame(JSON.stringify({ type: 'event', event: 'tick', payload: { pad: 'x'.repeat(500) } }));

export const BROKEN = {
  right: {},

  'refuses everyone, rightly worded': {
    isLocal: () => false,
    rule(house, visit, asked) {
      const ruling = RIGHT.rule(house, visit, asked);
      return ruling.kind === 'refused'
        ? ruling
        : { kind: 'refused', error: pairingRequired('not-paired', ask(house, asked)) };
    },
  },
  'admits everyone': { rule: (_house, _visit, asked) => admitted(asked.scopes) },
  'admits everyone with the right token, as asked, without pairing': {
    rule: (house, visit, asked) =>
      asked.auth.token === house.token ? admitted(asked.scopes) : RIGHT.rule(house, visit, asked),
  },
  'says more in hello than the session holds': {
    admit(house, visit, asked, scopes) {
      RIGHT.admit(house, visit, asked, scopes);
      visit.held = [];
    },
  },
  'says less in hello than the session holds': {
    admit(house, visit, asked, scopes) {
      RIGHT.admit(house, visit, asked, scopes);
      visit.held = ['operator.admin'];
    },
  },
  'believes a forwarded address': {
    isLocal: (visit) => RIGHT.isLocal(visit) || visit.request.headers['x-forwarded-for'] === '127.0.0.1',
  },
  'refuses, and pairs all the same': {
    rule(house, visit, asked) {
      const ruling = RIGHT.rule(house, visit, asked);
      if (ruling.kind === 'refused' && asked.auth.token === house.token) {
        pair(house, asked.device.id, asked.device.publicKey, asked.scopes);
      }
      return ruling;
    },
  },

  'closes without a code': {
    refuse(_house, { socket, ...visit }, asked, error) {
      send({ socket, ...visit }, { type: 'res', id: asked.id, ok: false, error });
      socket.close();
    },
  },
  'closes with 1000': {
    refuse(_house, visit, asked, error) {
      send(visit, { type: 'res', id: asked.id, ok: false, error });
      visit.socket.close(1000, error.message);
    },
  },
  'hangs up instead of refusing': { refuse: (_house, visit) => hangUp(visit) },
  'says no and hangs up': {
    refuse(_house, visit, asked, error) {
      visit.socket.send(JSON.stringify({ type: 'res', id: asked.id, ok: false, error }), () => hangUp(visit));
    },
  },
  'says no and never closes': {
    refuse: (_house, visit, asked, error) => send(visit, { type: 'res', id: asked.id, ok: false, error }),
  },
  'refuses for another cause': {
    refuse(house, visit, asked, error) {
      const details = { code: 'CONTROL_UI_ORIGIN_NOT_ALLOWED', reason: error.details.reason };
      RIGHT.refuse(house, visit, asked, { ...error, details });
    },
  },
  'refuses for another reason': {
    refuse: (house, visit, asked, error) =>
      RIGHT.refuse(house, visit, asked, {
        ...error,
        details: { ...error.details, reason: 'role-upgrade', authReason: 'role-upgrade' },
      }),
  },
  'refuses before it was told anything': { greet: (_house, { socket }) => socket.close(1008, 'pairing required') },
  'is always starting': {
    greet(house, visit) {
      RIGHT.greet(house, visit);
    },
    rule: () => ({
      kind: 'refused',
      error: { code: 'UNAVAILABLE', message: 'gateway starting', details: { reason: 'startup-sidecars' } },
    }),
    refuse(_house, visit, asked, error) {
      send(visit, { type: 'res', id: asked.id, ok: false, error });
      visit.socket.close(1013, error.message);
    },
  },
  'answers HTTP 403': { upgrade: () => ({ status: 403, body: 'Forbidden' }) },
  'answers HTTP 500': { upgrade: () => ({ status: 500, body: 'Internal Server Error' }) },

  'hangs before the challenge': { greet: () => {} },
  'hangs after the challenge': { rule: RIGHT.rule, admit: () => {}, refuse: () => {} },
  'hangs up at once': { upgrade: () => 'drop' },
  'hangs up after hello': {
    admit(house, visit, asked, scopes) {
      RIGHT.admit(house, visit, asked, scopes);
      visit.socket.close(1011, 'oops');
    },
  },
  'answers no call': { call: () => {} },
  'knows no method': {
    call: (_house, visit, { id, method }) =>
      send(visit, {
        type: 'res',
        id,
        ok: false,
        error: { code: 'INVALID_REQUEST', message: `unknown method: ${method}` },
      }),
  },
  'answers slowly': slow(100),
  'answers too slowly': slow(60_000),
  'sends garbage': { greet: (_house, { socket }) => socket.send('\u0000 no gateway') },
  'sends binary garbage': { greet: (_house, { socket }) => socket.send(Buffer.from([1, 2, 3])) },
  'challenges twice': {
    greet(house, visit) {
      RIGHT.greet(house, visit);
      RIGHT.greet(house, visit);
    },
  },
  'sends a hundred events first': {
    greet(house, visit) {
      events(visit, 150);
      RIGHT.greet(house, visit);
    },
    admit(house, visit, asked, scopes) {
      events(visit, 150);
      RIGHT.admit(house, visit, asked, scopes);
    },
  },

  'logs nothing': { lines: () => [] },
  'logs no decision': { lines: (line) => (/security audit|auto-approved/.test(line) ? [] : [line]) },
  'logs the wrong device': { lines: (line) => [line.replace(/device=\w+/, `device=${'0'.repeat(64)}`)] },
  'logs the wrong connection': {
    lines: (line) => [line.includes('security audit') ? line.replace(/conn=\S+/, `conn=${randomUUID()}`) : line],
  },
  'logs the wrong reason': { lines: (line) => [line.replace('reason=scope-upgrade', 'reason=role-upgrade')] },

  'shows the token in the close reason': {
    refuse(house, visit, asked, error) {
      send(visit, { type: 'res', id: asked.id, ok: false, error });
      visit.socket.close(1008, `pairing required, the token is ${house.token}`);
    },
  },
  'shows the token in an event': {
    greet(house, visit) {
      send(visit, { type: 'event', event: 'tick', payload: { hint: Buffer.from(house.token).toString('base64') } });
      RIGHT.greet(house, visit);
    },
  },
  'shows the token in its log': {
    rule(house, visit, asked) {
      house.write(`[gateway] connect params auth=${JSON.stringify(asked.auth)}`);
      return RIGHT.rule(house, visit, asked);
    },
  },
} satisfies Record<string, Partial<Ways>>;

/** Stub gateways that send much data. Tests play them one at a time and watch the memory of the harness. */
export const COSTLY = {
  'sends a frame of 100 MB': { greet: (_house, visit) => hugeFrame(visit, 100e6) },
  'sends a frame of 100 MB instead of hello': { admit: (_house, visit) => hugeFrame(visit, 100e6) },
  'sends a frame of 100 MB after hello': {
    call: (_house, visit) => hugeFrame(visit, 100e6),
  },
  'sends events without end': { admit: (_house, visit) => pour(visit, TICK, 1e9) },
} satisfies Record<string, Partial<Ways>>;
