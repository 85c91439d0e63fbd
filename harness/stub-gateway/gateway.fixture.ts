import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { publishedClient } from '../client/published-clients.ts';
import { VANTAGES, type Vantage } from '../scenario/schema/vantage.ts';
import { type Asked, connectShape, type House, requestShape, type Visit, type Ways } from './behaviour.fixture.ts';
import { answerCall, pair } from './calls.fixture.ts';

/**
 * A stub gateway in this process that behaves rightly in one small scenario. It has the part of the protocol that the scenario needs, and
 * writes its log in the words of 2026.9. broken.fixture.ts has the replacements of its `Ways` that make it wrong.
 */

/** The client addresses that a real gateway would see. The stub listens only on 127.0.0.1, with a port for each vantage. */
const ADDRESS: Record<Vantage, string> = {
  loopback: '127.0.0.1',
  lan: '172.20.0.3',
  published: '172.20.0.1',
  proxy: '127.0.0.1',
  'proxy-lan': '172.20.0.3',
};

export const send = (visit: Visit, frame: object): void => visit.socket.send(JSON.stringify(frame));

/** Logs that a device asks for more access, and makes its request wait for an operator. */
export function ask(house: House, asked: Asked): string {
  const requestId = randomUUID();
  house.pending.set(asked.device.id, { requestId, publicKey: asked.device.publicKey, scopes: asked.scopes });
  return requestId;
}

export const pairingRequired = (reason: string, requestId: string) => ({
  code: 'NOT_PAIRED',
  message: 'pairing required',
  details: { code: 'PAIRING_REQUIRED', reason, requestId },
});

export const RIGHT: Ways = {
  upgrade: () => null,
  greet: (_house, visit) =>
    send(visit, { type: 'event', event: 'connect.challenge', payload: { nonce: randomUUID() } }),
  isLocal: ({ vantage, request }) => vantage === 'loopback' && request.headers['x-forwarded-for'] === undefined,
  rule(house, visit, asked) {
    const { id: deviceId, publicKey } = asked.device;
    const device = house.paired.get(deviceId);
    const isOwner = device !== undefined && asked.auth.deviceToken === device.token;
    if (asked.auth.token !== house.token && !isOwner) {
      const details = { code: 'AUTH_TOKEN_MISMATCH', authReason: 'token_mismatch' };
      return { kind: 'refused', error: { code: 'INVALID_REQUEST', message: 'unauthorized', details } };
    }
    if (device !== undefined && asked.scopes.every((scope) => device.scopes.includes(scope))) {
      return { kind: 'admitted', scopes: asked.scopes };
    }
    if (device !== undefined) {
      house.write(
        `[gateway] security audit: device access upgrade requested reason=scope-upgrade device=${deviceId} ` +
          `ip=${ADDRESS[visit.vantage]} auth=token roleFrom=operator roleTo=operator scopesFrom=${device.scopes.join(',')} ` +
          `scopesTo=${asked.scopes.join(',')} client=${asked.client.id} conn=${visit.conn}`,
      );
    }
    if (!house.ways.isLocal(visit)) {
      const reason = device === undefined ? 'not-paired' : 'scope-upgrade';
      return { kind: 'refused', error: pairingRequired(reason, ask(house, asked)) };
    }
    pair(house, deviceId, publicKey, asked.scopes);
    house.write(`[gateway] device pairing auto-approved device=${deviceId} role=operator`);
    return { kind: 'admitted', scopes: asked.scopes };
  },
  admit(house, visit, asked, scopes) {
    visit.held = scopes;
    house.write(`[ws] ← connect client=${asked.client.id} conn=${visit.conn.slice(0, 8)}…${visit.conn.slice(-4)}`);
    const auth = { role: 'operator', scopes, deviceToken: house.paired.get(asked.device.id)?.token };
    const server = { version: house.release, connId: visit.conn };
    send(visit, {
      type: 'res',
      id: asked.id,
      ok: true,
      payload: { type: 'hello-ok', protocol: house.protocol, server, auth },
    });
  },
  refuse(_house, visit, asked, error) {
    send(visit, { type: 'res', id: asked.id, ok: false, error });
    visit.socket.close(1008, error.message);
  },
  call: (house, visit, { id, method, params }) =>
    send(visit, { type: 'res', id, ...answerCall(house, visit, method, params) }),
  lines: (line) => [line],
};

/** A stub gateway that listens, with a port for each vantage and one for the operator. */
export type Gateway = { ports: Record<Vantage, number>; operatorPort: number; house: House; close(): void };

/** Opens a stub gateway. With `sparesOperator` the harness's operator is always treated rightly, so that the stage boots. */
export async function openGateway(
  broken: Partial<Ways>,
  token: string,
  write: (line: string) => void,
  { sparesOperator, release }: { sparesOperator: boolean; release: string },
): Promise<Gateway> {
  const ways = { ...RIGHT, ...broken };
  const house: House = {
    release,
    protocol: publishedClient(release, 'command', 'cli').protocols.max,
    token,
    ways,
    paired: new Map(),
    pending: new Map(),
    write: (line) => {
      for (const each of ways.lines(line)) write(`${new Date().toISOString()} ${each}`);
    },
  };
  const sockets = new WebSocketServer({ noServer: true });
  const servers: Server[] = [];
  const open = async (vantage: Vantage, isOperator: boolean): Promise<number> => {
    // The answer to a plain HTTP request has the Host of the request.
    const server = createServer((request, response) => {
      if (request.method === 'GET') return response.end(request.headers.host);
      response.write(`${request.headers['content-type']}: `);
      return request.pipe(response);
    });
    servers.push(server);
    server.on('upgrade', (request: IncomingMessage, raw: Duplex, head: Buffer) => {
      raw.on('error', () => {}); // whoever knocked may hang up at any time
      const mine = isOperator && sparesOperator ? RIGHT : ways;
      const answer = mine.upgrade();
      if (answer === 'drop') return raw.destroy();
      if (answer !== null) {
        const { status, body } = answer;
        return raw.end(`HTTP/1.1 ${status} No\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
      }
      sockets.handleUpgrade(request, raw, head, (socket) => {
        receive(
          { ...house, ways: mine },
          { socket, raw, vantage, request, conn: randomUUID(), isOperator, held: null },
        );
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return z.object({ port: z.number() }).parse(server.address()).port;
  };
  const operatorPort = await open('loopback', true);
  const ports: [Vantage, number][] = [];
  for (const vantage of VANTAGES) ports.push([vantage, await open(vantage, false)]);
  return {
    house,
    operatorPort,
    ports: z.record(z.enum(VANTAGES), z.number()).parse(Object.fromEntries(ports)),
    close() {
      for (const socket of sockets.clients) socket.terminate();
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function receive(house: House, visit: Visit): void {
  const { socket, vantage, conn } = visit;
  const shortConn = `${conn.slice(0, 8)}…${conn.slice(-4)}`;
  let lastFrameId: string | null = null;
  const address = ADDRESS[vantage];
  const { host, 'x-forwarded-for': forwarded = 'n/a', 'user-agent': userAgent = 'n/a' } = visit.request.headers;
  house.write(`[ws] ← open remoteAddr=${address} conn=${shortConn}`);
  socket.on('error', () => {}); // followed by close
  socket.on('close', (code, reason) => {
    if (visit.held === null) {
      house.write(
        `[ws] closed before connect conn=${conn} remote=${address} fwd=${forwarded} origin=n/a host=${host} ` +
          `ua=${userAgent} code=${code} reason=${reason.toString('utf8') || 'n/a'}`,
      );
    }
    const last = lastFrameId === null ? '' : ` lastFrameId=${lastFrameId}`;
    house.write(`[ws] → close code=${code}${last} conn=${shortConn}`);
  });
  socket.on('message', (data) => {
    const request = requestShape.parse(JSON.parse(`${data}`));
    lastFrameId = request.id;
    if (request.method !== 'connect') return house.ways.call(house, visit, request);
    const asked = { ...connectShape.parse(request.params), id: request.id };
    if (asked.minProtocol > house.protocol || asked.maxProtocol < house.protocol) {
      const error = {
        code: 'INVALID_REQUEST',
        message: 'protocol mismatch',
        details: { expectedProtocol: house.protocol },
      };
      send(visit, { type: 'res', id: asked.id, ok: false, error });
      return socket.close(1002, error.message);
    }
    const ruling = house.ways.rule(house, visit, asked);
    if (ruling.kind === 'admitted') house.ways.admit(house, visit, asked, ruling.scopes);
    else house.ways.refuse(house, visit, asked, ruling.error);
  });
  house.ways.greet(house, visit);
}
