import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { homeArchive, mergeConfig } from './home.ts';

test('configs are merged key by key, lists as a whole, and null takes a key out', () => {
  const base = { gateway: { bind: 'lan', auth: { mode: 'token' }, trustedProxies: ['a', 'b'] } };
  expect(mergeConfig(base, { gateway: { auth: { token: 't' }, trustedProxies: ['c'], bind: null } })).toEqual({
    gateway: { auth: { mode: 'token', token: 't' }, trustedProxies: ['c'] },
  });
  expect(mergeConfig(base, { more: { deep: null, kept: 1 } })).toEqual({ ...base, more: { deep: null, kept: 1 } });
  expect(base.gateway.bind).toBe('lan');
});

test('a home holds its config and the files of the scenario, readable by its owner alone', async () => {
  const tar = extract();
  tar.end(await homeArchive({ gateway: {} }, { '.config/openclaw/gateway.json': { pairing: false } }));
  const files: Record<string, [number | undefined, unknown]> = {};
  for await (const entry of tar) files[entry.header.name] = [entry.header.mode, JSON.parse(await text(entry))];
  expect(files).toEqual({
    'home/node/.config/openclaw/gateway.json': [0o600, { pairing: false }],
    'home/node/.openclaw/openclaw.json': [0o600, { gateway: {} }],
  });
});
