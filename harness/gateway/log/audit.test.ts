import { describe, expect, test } from 'vitest';
import { eventsOf, type KnockMarks, readAuditLine } from './audit.ts';

const DEVICE = '9aeff3b3d193162fdb1b0b4bc901935697ac689a79db712e96917d9cab3e92b5';
const CONN = 'ce762913-a146-44d4-aa75-c640155a7066';
const at = (text: string): string => `2026-11-21T09:14:26.959+00:00 ${text}`;

const UPGRADE = at(
  `[gateway] security audit: device access upgrade requested reason=scope-upgrade device=${DEVICE} ip=172.18.0.1 auth=token ` +
    `roleFrom=operator roleTo=operator scopesFrom=operator.admin,operator.approvals scopesTo=operator.write client=cli conn=${CONN}`,
);
const REFUSED = at(
  `[ws] closed before connect conn=${CONN} remote=172.18.0.1 fwd=9.9.9.9 origin=n/a host=gateway:18789 ua=n/a code=1008 ` +
    'reason=pairing required: device is not approved yet (requestId: 49e5)',
);
const REQUEST = '5fac5e88-e56c-43f8-b0ee-aead404fd81d';
const CLOSED = at(
  '[ws] → close code=1008 reason=pairing required durationMs=13 cause=pairing-required handshake=failed lastFrameType=req ' +
    `lastFrameMethod=connect lastFrameId=${REQUEST} conn=ce762913…7066`,
);
const OPENED = at('[ws] ← open remoteAddr=172.18.0.1 conn=ce762913…7066');
const OTHER_OPENED = at('[ws] ← open remoteAddr=127.0.0.1 conn=43450122…a408');
const PROXY = at('[ws] Proxy headers detected from untrusted address. Connection will not be treated as local.');
const APPROVED = at(`[gateway] device pairing auto-approved device=${DEVICE} role=operator`);

describe('readAuditLine reads the fields of', () => {
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

  test('a refusal, with a reason that ends at the end of the line', () => {
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
  });

  test('no audit event in a line that is not about access', () => {
    expect(readAuditLine(at('[gateway] listening on ws://0.0.0.0:18789 (PID 14)'))).toBeNull();
  });
});

describe('audit events are attributed to a knock by connection or device, never by time', () => {
  const marks: KnockMarks = {
    deviceId: DEVICE,
    conn: null,
    request: REQUEST,
    connected: true,
    fence: null,
    inCompany: false,
  };
  const events = (lines: string[], over: Partial<KnockMarks> = {}, before: string[] = []): string[] | null =>
    eventsOf(lines, before, { ...marks, ...over })?.map(({ event }) => event) ?? null;

  test('the connection of a refused knock is found by the id of its request', () => {
    expect(events([OPENED, UPGRADE, REFUSED, CLOSED])).toEqual(['access-upgrade', 'refused']);
  });

  test('a line about an end that names no connection is about the connection that was named last', () => {
    const lines = [OTHER_OPENED, OPENED, UPGRADE, REFUSED, CLOSED.replace(' conn=ce762913…7066', '')];
    expect(events(lines)).toEqual(['access-upgrade', 'refused']);
  });

  test('no connection is found if no line has the id of the request', () => {
    expect(events([OPENED, UPGRADE, REFUSED])).toBeNull();
    expect(events([OPENED, UPGRADE, REFUSED, CLOSED.replace(REQUEST, `1:${REQUEST}`)])).toBeNull();
  });

  test('no connection is found if two of them ended with the same request', () => {
    const other = CLOSED.replace('ce762913…7066', '43450122…a408');
    expect(events([OPENED, REFUSED, CLOSED, OTHER_OPENED, other])).toBeNull();
  });

  test('ids whose end the gateway replaced by *** still match those of the knock', () => {
    const starred = [OPENED, UPGRADE, REFUSED].map((line) => line.replace(CONN, `${CONN.slice(0, 21)}***`));
    const closed = CLOSED.replace(REQUEST, `${REQUEST.slice(0, 12)}***`);
    expect(events([...starred, closed])).toEqual(['access-upgrade', 'refused']);
    const ofOther = UPGRADE.replace(CONN, '43450122-a146-44d4-aa***');
    expect(events([OPENED, ofOther, REFUSED, CLOSED])).toEqual(['refused']);
  });

  test('the connection of an admitted knock is the one in hello', () => {
    expect(events([OPENED, UPGRADE], { conn: CONN })).toEqual(['access-upgrade']);
  });

  test('a line that names only a device counts for a knock of this device only', () => {
    expect(events([OPENED, APPROVED, CLOSED])).toEqual(['auto-approved']);
    expect(events([OPENED, APPROVED.replace(DEVICE, 'f'.repeat(64)), CLOSED])).toEqual([]);
  });

  test('device=yes names no device', () => {
    const line = at(`[ws] unauthorized conn=${CONN} remote=172.18.0.3 auth=token device=yes reason=token_mismatch`);
    expect(events([OPENED, line, CLOSED])).toEqual(['unauthorized']);
  });

  test('a line about another connection does not count, however close in time', () => {
    const ofOther = UPGRADE.replace(CONN, '43450122-7a77-43f5-8423-4bff3453a408');
    expect(events([OPENED, ofOther, REFUSED, CLOSED])).toEqual(['refused']);
  });

  describe('a line that names neither', () => {
    test('counts if there was no other connection, whichever output was read first', () => {
      expect(events([OPENED, PROXY, REFUSED, CLOSED])).toEqual(['proxy-headers-untrusted', 'refused']);
      expect(events([PROXY, REFUSED, OPENED, CLOSED])).toEqual(['proxy-headers-untrusted', 'refused']);
    });

    test('counts if all other connections were admitted or closed by then', () => {
      const admitted = at('[ws] ← connect client=cli version=2026.4.1 mode=cli');
      expect(events([OTHER_OPENED, admitted, OPENED, PROXY, REFUSED, CLOSED])).toEqual([
        'proxy-headers-untrusted',
        'refused',
      ]);
    });

    test('does not count while another connection is open, whether opened during the knock or before it', () => {
      expect(events([OPENED, OTHER_OPENED, PROXY, REFUSED, CLOSED])).toEqual(['refused']);
      expect(events([OPENED, PROXY, REFUSED, CLOSED], {}, [OTHER_OPENED])).toEqual(['refused']);
    });

    test('counts although the connection of the fence is open', () => {
      const fence = { head: '43450122', tail: 'a408' };
      expect(events([OPENED, OTHER_OPENED, PROXY, REFUSED, CLOSED], { fence })).toEqual([
        'proxy-headers-untrusted',
        'refused',
      ]);
    });

    test('does not count while other clients knock at the same time', () => {
      expect(events([OPENED, PROXY, REFUSED, CLOSED], { inCompany: true })).toEqual(['refused']);
    });

    test('counts for a knock that was answered in plain HTTP, if there was no connection', () => {
      expect(events([PROXY], { connected: false, request: null })).toEqual(['proxy-headers-untrusted']);
      expect(events([OTHER_OPENED, PROXY], { connected: false, request: null })).toEqual([]);
    });
  });
});

test('an event keeps no code if the text in its place is not a code', () => {
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
