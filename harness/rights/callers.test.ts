import { expect, test } from 'vitest';
import { CALLERS, EVERY_SCOPE } from './callers.ts';

test('every scope alone is a remote caller, and the ids are those that published matrices name', () => {
  expect(EVERY_SCOPE).toHaveLength(10);
  const remote = CALLERS.filter(({ place }) => place === 'remote');
  expect(remote.filter(({ asks, admission }) => asks.length === 1 && admission === 'paired')).toHaveLength(10);
  expect(CALLERS.map(({ id }) => id)).toEqual([
    ...[
      'local/none',
      'remote/none',
      'local/admin',
      'remote/admin',
      'remote/approvals',
      'local/pairing',
      'remote/pairing',
    ],
    ...['local/read', 'remote/read', 'local/write', 'remote/write', 'remote/questions', 'remote/talk'],
    ...['remote/talk.secrets', 'remote/sessions.read', 'remote/sessions.write', 'local/command', 'remote/command'],
    ...['remote/read+write', 'remote/approvals+pairing', 'local/no-device', 'remote/no-device', 'local/device-token'],
    ...['remote/device-token', 'local/node', 'remote/node', 'local/revoked', 'remote/revoked', 'remote/setup-code'],
    'remote/handed-over',
  ]);
});
