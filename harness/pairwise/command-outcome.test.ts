import { expect, test } from 'vitest';
import type { Outcome } from '../scenario/schema/observation.ts';
import { type CommandOutcome, isSameOutcome, outcomeOfCommand } from './command-outcome.ts';

/** What commands of these releases print, without the hints that follow. */
const run = (exitCode: number, stdout: string, stderr: string) => ({ argv: ['openclaw'], exitCode, stdout, stderr });

test.each<[string, ReturnType<typeof run>, CommandOutcome]>([
  ['2026.4.1 is let in', run(0, '{\n  "jobs": [],\n  "total": 0\n}\n', ''), { kind: 'admitted', holds: true }],
  [
    '2026.4.1 is sent to pairing',
    run(
      1,
      '',
      'gateway connect failed: GatewayClientRequestError: pairing required\nGateway call failed: Error: gateway closed (1008): pairing required\nGateway target: ws://peer:18802\nSource: cli --url\nConfig: /home/node/.openclaw/openclaw.json\n',
    ),
    { kind: 'refused', at: 'handshake', cause: 'pairing-required' },
  ],
  [
    '2026.4.1 has a wrong secret',
    run(
      1,
      '',
      'gateway connect failed: GatewayClientRequestError: unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)\nGateway call failed: Error: gateway closed (1008): unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)\nGateway target: ws://gateway:18802\n',
    ),
    { kind: 'refused', at: 'handshake', cause: 'credentials' },
  ],
  [
    '2026.4.1 is never upgraded',
    run(
      1,
      '',
      'Gateway call failed: Error: gateway closed (1006 abnormal closure (no close frame)): no close reason\n',
    ),
    { kind: 'refused', at: 'http', cause: null },
  ],
  [
    '2026.9.6 has a wrong secret',
    run(
      1,
      JSON.stringify({
        ok: false,
        error: {
          type: 'gateway_request_error',
          code: 'INVALID_REQUEST',
          message: "unauthorized: gateway token mismatch (use this gateway's gateway.auth.token or pair the device)",
          details: { code: 'AUTH_TOKEN_MISMATCH', authReason: 'token_mismatch' },
          retryable: false,
        },
      }),
      "gateway connect failed: GatewayClientRequestError: unauthorized: gateway token mismatch (use this gateway's gateway.auth.token or pair the device)\n",
    ),
    { kind: 'refused', at: 'handshake', cause: 'credentials' },
  ],
  [
    '2026.9.6 comes through a proxy that nobody trusts',
    run(
      1,
      JSON.stringify({
        ok: false,
        error: {
          type: 'gateway_request_error',
          code: 'UNAVAILABLE',
          message:
            'gateway rejected websocket upgrade (HTTP 403): {"error":{"message":"Proxy client attribution is required.","type":"proxy_attribution_required"}}',
          retryable: false,
        },
      }),
      '',
    ),
    { kind: 'refused', at: 'http', cause: 'proxy-attribution' },
  ],
  [
    '2026.9.6 comes so, and prints it without a code',
    run(
      1,
      JSON.stringify({
        ok: false,
        error: {
          type: 'cli_error',
          message:
            'gateway rejected websocket upgrade (HTTP 403): {"error":{"message":"Proxy client attribution is required.","type":"proxy_attribution_required"}}',
        },
      }),
      'gateway rejected websocket upgrade (HTTP 403): {"error":{"message":"Proxy client attribution is required.","type":"proxy_attribution_required"}}\n',
    ),
    { kind: 'refused', at: 'http', cause: 'proxy-attribution' },
  ],
  [
    '2026.9.6 is sent to pairing, in words of its own',
    run(
      1,
      JSON.stringify({ ok: false, error: { type: 'cli_error', message: 'device pairing required (requestId: 0a86)' } }),
      'gateway connect failed: GatewayClientRequestError: device pairing required (requestId: 0a86)\n',
    ),
    { kind: 'refused', at: 'handshake', cause: 'pairing-required' },
  ],
  [
    'its call is denied, once it is in',
    run(1, '', 'Gateway call failed: GatewayClientRequestError: missing scope: operator.read\n'),
    { kind: 'admitted', holds: false },
  ],
])('%s', (_what, command, heard) => {
  expect(outcomeOfCommand(command)).toEqual(heard);
});

test('an output that does not name an outcome is unread', () => {
  expect(outcomeOfCommand(run(1, '', "error: unknown command 'call'"))).toEqual({
    kind: 'unread',
    why: "it ended with exit code 1 and does not say why: error: unknown command 'call'",
  });
});

const admitted: Outcome = {
  kind: 'admitted',
  role: 'operator',
  scopes: ['operator.read'],
  protocol: 4,
  deviceToken: true,
};
const refused: Outcome = {
  kind: 'refused',
  at: 'handshake',
  code: 1008,
  cause: 'pairing-required',
  reason: 'not-paired',
  text: '',
};

test.each<[string, boolean, CommandOutcome, Outcome | undefined]>([
  ['both let in', true, { kind: 'admitted', holds: true }, admitted],
  ['both let in with nothing', true, { kind: 'admitted', holds: false }, { ...admitted, scopes: [] }],
  ['one with scopes and one with none', false, { kind: 'admitted', holds: true }, { ...admitted, scopes: [] }],
  ['one let in and one refused', false, { kind: 'admitted', holds: true }, refused],
  ['one refused and one let in', false, { kind: 'refused', at: 'handshake', cause: 'pairing-required' }, admitted],
  ['refused for one cause', true, { kind: 'refused', at: 'handshake', cause: 'pairing-required' }, refused],
  ['refused for two causes', false, { kind: 'refused', at: 'handshake', cause: 'credentials' }, refused],
  ['refused in two places', false, { kind: 'refused', at: 'http', cause: null }, refused],
  [
    'refused by HTTP, which a command does not explain',
    true,
    { kind: 'refused', at: 'http', cause: null },
    { ...refused, at: 'http', code: 403, cause: 'proxy-attribution' },
  ],
  ['a command that was not read', false, { kind: 'unread', why: '' }, admitted],
  ['nothing of ours', false, { kind: 'admitted', holds: true }, undefined],
])('%s: agrees is %s', (_what, does, heard, outcome) => {
  expect(isSameOutcome(heard, outcome)).toBe(does);
});
