import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { homeArchive, mergeConfig, speaksTls } from './gateway-home.ts';

test('configs are merged key by key, lists are replaced as a whole, and null removes a key', () => {
  const base = { gateway: { bind: 'lan', auth: { mode: 'token' }, trustedProxies: ['a', 'b'] } };
  expect(mergeConfig(base, { gateway: { auth: { token: 't' }, trustedProxies: ['c'], bind: null } })).toEqual({
    gateway: { auth: { mode: 'token', token: 't' }, trustedProxies: ['c'] },
  });
  expect(mergeConfig(base, { more: { deep: null, kept: 1 } })).toEqual({ ...base, more: { deep: null, kept: 1 } });
  expect(base.gateway.bind).toBe('lan');
});

test('a home has the config and files of the scenario with their folders, readable by its owner only', async () => {
  const tar = extract();
  const files = {
    '.config/openclaw/gateway.json': { pairing: false },
    '.openclaw/notes.txt': '"as it is"',
    '.local/bin/tool': '"can be run"',
  };
  tar.end(await homeArchive({ gateway: {} }, files));
  const entries: unknown[] = [];
  for await (const entry of tar) {
    const { name, mode, uid, gid } = entry.header;
    const content = await text(entry);
    entries.push([name, mode, uid, gid, content === '' ? null : JSON.parse(content)]);
  }
  expect(entries).toEqual([
    ['home/node/.config', 0o700, 1000, 1000, null],
    ['home/node/.config/openclaw', 0o700, 1000, 1000, null],
    ['home/node/.local', 0o700, 1000, 1000, null],
    ['home/node/.local/bin', 0o700, 1000, 1000, null],
    ['home/node/.config/openclaw/gateway.json', 0o600, 1000, 1000, { pairing: false }],
    ['home/node/.openclaw/notes.txt', 0o600, 1000, 1000, 'as it is'],
    ['home/node/.local/bin/tool', 0o700, 1000, 1000, 'can be run'],
    ['home/node/.openclaw/openclaw.json', 0o600, 1000, 1000, { gateway: {} }],
  ]);
});

test('a gateway speaks TLS itself only if its config enables that', () => {
  expect(speaksTls({ gateway: { tls: { enabled: true } } })).toBe(true);
  expect([{}, { gateway: { tls: { enabled: false } } }, { gateway: { tls: {} } }].map(speaksTls)).toEqual(
    Array(3).fill(false),
  );
});
