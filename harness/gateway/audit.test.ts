import { describe, expect, test } from 'vitest';
import { eventsOf, readAuditLine, readOpenedConn } from './audit.ts';

const DEVICE = '9aeff3b3d193162fdb1b0b4bc901935697ac689a79db712e96917d9cab3e92b5';
const CONN = 'ce762913-a146-44d4-aa75-c640155a7066';
const at = (text: string): string => `2026-11-21T09:14:26.959+00:00 ${text}`;

const UPGRADE = at(
  `[gateway] security audit: device access upgrade requested reason=scope-upgrade device=${DEVICE} ip=172.18.0.1 auth=token ` +
    `roleFrom=operator roleTo=operator scopesFrom=operator.admin,operator.approvals scopesTo=operator.write client=cli conn=${CONN}`,
);
const REFUSED = at(
  `[ws] closed before connect conn=${CONN} remote=172.18.0.1 fwd=9.9.9.9 origin=n/a host=127.0.0.1:32771 ua=postern-k1 code=1008 ` +
    'reason=pairing required: device is not approved yet (requestId: 49e5)',
);
const OPENED = at('[ws] ← open remoteAddr=172.18.0.1 conn=ce762913…7066');
const OTHER_OPENED = at('[ws] ← open remoteAddr=127.0.0.1 conn=43450122…a408');
const PROXY = at('[ws] Proxy headers detected from untrusted address. Connection will not be treated as local.');
const APPROVED = at(`[gateway] device pairing auto-approved device=${DEVICE} role=operator`);

describe('a log line is read by its fields', () => {
  test('an access upgrade, with scopes as lists', () => {
    expect(readAuditLine(UPGRADE)).toEqual({
      event: 'access-upgrade',
      reason: 'scope-upgrade',
      device: DEVICE,
      conn: CONN,
      roleFrom: 'operator',
      roleTo: 'operator',
      scopesFrom: ['operator.admin', 'operator.approvals'],
      scopesTo: ['operator.write'],
      ip: '172.18.0.1',
      line: UPGRADE,
    });
  });

  test('a refusal, whose reason runs to the end of the line', () => {
    expect(readAuditLine(REFUSED)).toEqual({
      event: 'refused',
      reason: 'pairing required: device is not approved yet (requestId: 49e5)',
      conn: CONN,
      ip: '172.18.0.1',
      forwarded: '9.9.9.9',
      code: 1008,
      line: REFUSED,
    });
  });

  test('device=yes names no device', () => {
    const line = at(
      `[ws] unauthorized conn=${CONN} remote=172.18.0.3 auth=token device=yes platform=linux reason=token_mismatch`,
    );
    expect(readAuditLine(line)).toEqual({
      event: 'unauthorized',
      reason: 'token_mismatch',
      conn: CONN,
      ip: '172.18.0.3',
      line,
    });
    const marks = { deviceId: DEVICE, conn: CONN, userAgent: 'postern-k1', inCompany: false };
    expect(eventsOf([line], marks).map(({ event }) => event)).toEqual(['unauthorized']);
  });

  test('a line about anything else is no event', () => {
    expect(readAuditLine(at('[gateway] listening on ws://0.0.0.0:18789 (PID 14)'))).toBeNull();
  });

  test('an opened connection is told whole or shortened', () => {
    expect(readOpenedConn(OPENED)).toEqual({ head: 'ce762913', tail: '7066' });
    expect(readOpenedConn(at(`[ws] ← open remoteAddr=127.0.0.1 conn=${CONN}`))).toEqual({
      head: 'ce762913',
      tail: '7066',
    });
  });
});

describe('events belong to a knock by connection or device, never by time', () => {
  const marks = { deviceId: DEVICE, conn: null, userAgent: 'postern-k1', inCompany: false };
  const events = (lines: string[]): string[] => eventsOf(lines, marks).map(({ event }) => event);

  test('the connection of a refused knock is found by its user agent', () => {
    expect(events([OPENED, UPGRADE, REFUSED])).toEqual(['access-upgrade', 'refused']);
  });

  test('an id whose end the gateway stars for a secret is still that of the knock', () => {
    const starred = [OPENED, UPGRADE, REFUSED].map((line) => line.replace(CONN, `${CONN.slice(0, 21)}***`));
    expect(events(starred)).toEqual(['access-upgrade', 'refused']);
    const ofOther = UPGRADE.replace(CONN, '43450122-a146-44d4-aa***');
    expect(events([OPENED, ofOther, REFUSED])).toEqual(['refused']);
  });

  test('a line that names only the device is taken for that device alone', () => {
    expect(events([OTHER_OPENED, APPROVED])).toEqual(['auto-approved']);
    expect(events([OTHER_OPENED, APPROVED.replace(DEVICE, 'f'.repeat(64))])).toEqual([]);
  });

  test('a line that names neither belongs to the connection that was opened last', () => {
    expect(events([OPENED, PROXY, REFUSED])).toEqual(['proxy-headers-untrusted', 'refused']);
    expect(events([OPENED, OTHER_OPENED, PROXY, REFUSED])).toEqual(['refused']);
  });

  test('a line that names neither belongs to nobody while others knock at the same time', () => {
    const inCompany = eventsOf([OPENED, PROXY, REFUSED], { ...marks, inCompany: true });
    expect(inCompany.map(({ event }) => event)).toEqual(['refused']);
  });

  test('another connection between ours is left out, however close in time', () => {
    expect(events([OPENED, UPGRADE.replace(CONN, '43450122-7a77-43f5-8423-4bff3453a408'), REFUSED])).toEqual([
      'refused',
    ]);
  });
});

test('what stands where a code belongs and is none is left out, and the event stays', () => {
  const lineWith = (code: string): string =>
    `[ws] closed before connect conn=${CONN} remote=172.18.0.1 ua=postern-k1 code=${code} reason=x`;
  const codes = ['1008', '403', 'abc', '1e9', '-1', '10080', ''].map((code) => {
    const event = readAuditLine(lineWith(code));
    return [code, event?.event, event?.code];
  });
  expect(codes).toEqual([
    ['1008', 'refused', 1008],
    ['403', 'refused', 403],
    ['abc', 'refused', undefined],
    ['1e9', 'refused', undefined],
    ['-1', 'refused', undefined],
    ['10080', 'refused', undefined],
    ['', 'refused', undefined],
  ]);
});
