import { describe, expect, test } from 'vitest';
import type { Expectation } from '../scenario/schema/expectation.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { compare } from './compare.ts';

const differences = (expectation: Expectation, seen: Observation): string[] => compare(expectation, seen).differences;

test('tool: the words in the tool result', () => {
  const expectation: Expectation = { tool: { contains: 'accepted' } };
  expect(differences(expectation, { tool: { name: 'sessions_spawn', text: '{"status":"accepted"}' } })).toEqual([]);
  expect(differences(expectation, { tool: { name: 'sessions_spawn', text: 'pairing required' } })).toEqual([
    'tool: expected a tool result with "accepted", saw "pairing required"',
  ]);
});

describe('pages in a browser', () => {
  const page = (text: string): Observation => ({ page: { url: 'http://127.0.0.1:18789', text } });

  test('page: the words that the page shows', () => {
    const expectation: Expectation = { page: { contains: 'pairing required' } };
    expect(differences(expectation, page('Gateway Dashboard\npairing required'))).toEqual([]);
    expect(differences(expectation, page('Chat'))).toEqual([
      'page: expected a page that says "pairing required", saw "Chat"',
    ]);
    expect(differences(expectation, {})).toEqual(['page: expected a page that says "pairing required", saw no page']);
  });

  test('atLeast: the scopes that the page must hold, whatever else it asked for', () => {
    const expectation: Expectation = { admitted: { scopes: { atLeast: ['operator.admin'] } } };
    const admitted = (scopes: string[]): Observation => ({
      outcome: { kind: 'admitted', role: 'operator', scopes, protocol: 4, deviceToken: true },
    });
    expect(differences(expectation, admitted(['operator.admin', 'operator.questions']))).toEqual([]);
    expect(differences(expectation, admitted(['operator.read']))).toEqual([
      'scopes: expected {"atLeast":["operator.admin"]}, saw ["operator.read"]',
    ]);
    expect(compare(expectation, admitted([])).expected).toBe('admitted with at least operator.admin');
  });
});

describe('calls on an open connection', () => {
  const answer = (payload: Record<string, unknown>): Observation => ({ answer: { kind: 'answered', payload } });

  test('answered: at least this much, objects by key, lists and plain values as a whole', () => {
    const payload = { ok: true, device: { id: 'a', scopes: ['r', 'w'], tokens: [{ role: 'operator' }] }, more: 1 };
    expect(differences({ answered: { device: { id: 'a', tokens: [{ role: 'operator' }] } } }, answer(payload))).toEqual(
      [],
    );
    expect(
      differences(
        { answered: { ok: false, device: { scopes: ['r'], name: 'x' }, more: { deep: 1 } } },
        answer(payload),
      ),
    ).toEqual([
      'payload.ok: expected false, saw true',
      'payload.device.scopes: expected ["r"], saw ["r","w"]',
      'payload.device.name: expected "x", saw no such key',
      'payload.more: expected {"deep":1}, saw 1',
    ]);
  });

  test('answered: a key that every object inherits is not there', () => {
    expect(differences({ answered: { constructor: {} } }, answer({}))).toEqual([
      'payload.constructor: expected {}, saw no such key',
    ]);
  });

  test.each<[string, Observation, string]>([
    ['denied', { answer: { kind: 'denied', code: 'FORBIDDEN', message: 'no' } }, 'denied with FORBIDDEN: "no"'],
    [
      'closed',
      { answer: { kind: 'closed', code: 4001, reason: 'device removed' } },
      'closed with 4001: "device removed"',
    ],
    ['silent', { answer: { kind: 'timeout', afterMs: 5000 } }, 'no answer in 5000 ms'],
  ])('a call that was %s is not answered', (_label, seen, words) => {
    expect(differences({ answered: {} }, seen)).toEqual([`answer: expected answered with {}, saw ${words}`]);
  });

  test('denied: on an open connection, with these words', () => {
    const expectation: Expectation = { denied: { message: { contains: 'missing scope: operator.admin' } } };
    const denied = (message: string): Observation => ({ answer: { kind: 'denied', code: 'INVALID_REQUEST', message } });
    expect(differences(expectation, denied('missing scope: operator.admin'))).toEqual([]);
    expect(differences(expectation, denied('unknown method'))).toEqual([
      'answer: expected denied: "missing scope: operator.admin", saw denied with INVALID_REQUEST: "unknown method"',
    ]);
    expect(
      differences(expectation, { answer: { kind: 'closed', code: 1008, reason: 'missing scope: operator.admin' } }),
    ).toEqual([
      'answer: expected denied: "missing scope: operator.admin", saw closed with 1008: "missing scope: operator.admin"',
    ]);
  });

  test('closed: with this code and no other', () => {
    expect(differences({ closed: { code: 4001 } }, { answer: { kind: 'closed', code: 4001, reason: '' } })).toEqual([]);
    expect(differences({ closed: { code: 4001 } }, { answer: { kind: 'closed', code: 1006, reason: '' } })).toEqual([
      'connection: expected closed with 4001, saw closed with 1006',
    ]);
  });
});

describe('commands', () => {
  const ran = (exitCode: number): Observation => ({
    command: { argv: ['openclaw', 'status'], exitCode, stdout: 'fine', stderr: 'pairing required' },
  });

  test('exit: a number exactly, or any failure', () => {
    expect(differences({ exit: 0 }, ran(0))).toEqual([]);
    expect(differences({ exit: 'failure' }, ran(137))).toEqual([]);
    expect(differences({ exit: 1 }, ran(2))).toEqual(['exit: expected exit code 1, saw exit code 2']);
    expect(differences({ exit: 'failure' }, ran(0))).toEqual([
      'exit: expected an exit code other than 0, saw exit code 0',
    ]);
  });

  test('output: in stdout or in stderr, letter for letter', () => {
    expect(differences({ output: { contains: 'pairing required' } }, ran(1))).toEqual([]);
    expect(differences({ output: { contains: 'fine' } }, ran(1))).toEqual([]);
    expect(differences({ output: { contains: 'Fine' } }, ran(1))).toEqual([
      'output: expected output with "Fine", saw stdout "fine" and stderr "pairing required"',
    ]);
  });
});

describe('HTTP', () => {
  const http: Observation = { http: { status: 401, body: '{"error":"Unauthorized"}' } };

  test('status: exactly; body: letter for letter', () => {
    expect(differences({ status: 401, body: { contains: 'Unauthorized' } }, http)).toEqual([]);
    expect(differences({ status: 403, body: { contains: 'unauthorized' } }, http)).toEqual([
      'status: expected 403, saw 401',
      `body: expected a body with "unauthorized", saw ${JSON.stringify('{"error":"Unauthorized"}')}`,
    ]);
  });
});

describe('the gateway itself', () => {
  test('rows: both counts', () => {
    expect(differences({ rows: { paired: 1, pending: 0 } }, { rows: { paired: 1, pending: 0 } })).toEqual([]);
    expect(differences({ rows: { paired: 1, pending: 0 } }, { rows: { paired: 2, pending: 3 } })).toEqual([
      'rows paired: expected 1, saw 2',
      'rows pending: expected 0, saw 3',
    ]);
  });

  test('ready: the gateway admits clients again', () => {
    expect(differences({ ready: true }, { ready: { version: '2026.4.1', afterMs: 3000 } })).toEqual([]);
    expect(differences({ ready: true }, { exited: { exitCode: 78, lastLines: 'Unrecognized key' } })).toEqual([
      'gateway: expected the gateway admits again, saw the gateway exited with 78',
    ]);
  });

  test('exited: the gateway refused to start, with these words in its log', () => {
    const expectation: Expectation = { exited: { log: { contains: 'Unrecognized key' } } };
    expect(differences(expectation, { exited: { exitCode: 78, lastLines: 'Unrecognized key: "x"' } })).toEqual([]);
    expect(differences(expectation, { exited: { exitCode: 137, lastLines: 'Killed' } })).toEqual([
      'gateway: expected the gateway refuses to start: "Unrecognized key", saw "Killed"',
    ]);
    expect(differences(expectation, { ready: { version: '2026.4.1', afterMs: 3000 } })).toEqual([
      'gateway: expected the gateway refuses to start: "Unrecognized key", saw the gateway admits again, as 2026.4.1',
    ]);
  });
});

test('closed: with this code, or one of these', () => {
  const seen: Observation = { answer: { kind: 'closed', code: 1012, reason: 'service restart' } };
  expect(differences({ closed: { code: 1012 } }, seen)).toEqual([]);
  expect(differences({ closed: { code: [4001, 1012] } }, seen)).toEqual([]);
  expect(differences({ closed: { code: [4001, 1006] } }, seen)).toEqual([
    'connection: expected closed with 4001 or 1006, saw closed with 1012: "service restart"',
  ]);
});

describe('refusals: knocks that are refused while the gateway starts', () => {
  const starting = { code: 1013, cause: 'starting' } as const;
  const unpaired = { code: 1008, cause: 'pairing-required' } as const;

  test('all of these refusals, in any order, and no others', () => {
    expect(differences({ refusals: [starting, unpaired] }, { turnedAway: [unpaired, starting] })).toEqual([]);
    expect(differences({ refusals: [starting] }, { turnedAway: [starting, unpaired] })).toEqual([
      'meanwhile: expected refused with 1013, starting, saw refused with 1008, pairing-required or 1013, starting',
    ]);
    expect(differences({ refusals: [starting] }, { turnedAway: [] })).toEqual([
      'meanwhile: expected refused with 1013, starting, saw nothing refused',
    ]);
  });

  test('a gateway that did not start refused no knock', () => {
    expect(differences({ refusals: [] }, { exited: { exitCode: 1, lastLines: '' } })).toEqual([
      'meanwhile: expected nothing refused, saw no start',
    ]);
  });
});

test('successes: exactly this number of the steps in a `together`', () => {
  expect(differences({ successes: 1 }, { succeeded: 1 })).toEqual([]);
  expect(differences({ successes: 1 }, { succeeded: 2 })).toEqual(['successes: expected 1, saw 2']);
});
