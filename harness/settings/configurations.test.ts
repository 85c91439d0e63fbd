import { expect, test } from 'vitest';
import { SETTINGS, UNSAFE_VALUES, VALUES } from './all-settings.ts';
import { configurationsOf, PLAIN } from './configurations.ts';
import { KNOCKS } from './knocks.ts';
import { isIgnored } from './setting.ts';

test('ids of values are unique, and every value, opening and unsafe set names what exists', () => {
  const all = SETTINGS.flatMap(({ values }) => values);
  expect(VALUES.size).toBe(all.length);
  const named = [...all.flatMap(({ needs = [] }) => needs), ...UNSAFE_VALUES.flatMap(({ values }) => values)];
  expect(named.filter((id) => !VALUES.has(id))).toEqual([]);
  const openings = all.flatMap(({ opens }) => opens);
  expect(openings.flatMap(({ with: others = [] }) => others).filter((id) => !VALUES.has(id))).toEqual([]);
  expect(openings.flatMap(({ knocks }) => knocks).filter((id) => !(id in KNOCKS))).toEqual([]);
});

test.each(['2026.2.19', '2026.4.1', '2026.7.1', '2026.9.6'])(
  'on %s, each two values that it knows and does not ignore meet, unless they are unsafe',
  (version) => {
    const configurations = configurationsOf(version);
    const all = configurations.flatMap(({ values }) => values.filter((value) => !isIgnored(value, version)));
    const known = new Set(all.map(({ id }) => id));
    const met = configurations
      .filter(({ unsafe }) => unsafe === null)
      .map(({ values }) => new Set(values.map(({ id }) => id)));
    const missing = SETTINGS.flatMap(({ values }, index) =>
      SETTINGS.slice(index + 1).flatMap((other) =>
        values.flatMap((a) =>
          other.values.flatMap((b) => {
            if (!known.has(a.id) || !known.has(b.id)) return [];
            if (UNSAFE_VALUES.some((unsafe) => unsafe.values.includes(a.id) && unsafe.values.includes(b.id))) return [];
            return met.some((ids) => ids.has(a.id) && ids.has(b.id)) ? [] : [`${a.id} ${b.id}`];
          }),
        ),
      ),
    );
    expect(missing).toEqual([]);
  },
);

test('the plain configuration comes first, then each value alone with what it needs, and unsafe ones last', () => {
  const configurations = configurationsOf('2026.4.1');
  expect(configurations[0]?.id).toBe(PLAIN);
  expect(configurations.flatMap(({ id, alone }) => (alone === null ? [] : [id]))).toEqual([
    'password',
    'no-auth loopback-only',
    'loopback-only',
    'custom-address',
    'exact-proxy',
    'private-proxies',
    'real-ip-fallback',
    'any-origin',
    'origin-of-the-host',
    'insecure-pages',
    'pages-without-devices',
  ]);
  expect(configurations.slice(-2).map(({ id, unsafe }) => [id, unsafe?.id])).toEqual([
    ['no-auth', 'no-auth-on-every-interface'],
    ['no-auth custom-address', 'no-auth-at-a-custom-address'],
  ]);
  expect(new Set(configurations.map(({ id }) => id)).size).toBe(configurations.length);
});

test('a configuration is a gateway with all of its values', () => {
  const both = configurationsOf('2026.9.6').find(({ id }) => id === 'proxy-on-this-machine private-proxies');
  expect(both?.gateway).toEqual({
    bind: 'lan',
    auth: 'password',
    model: false,
    environment: {},
    files: {},
    config: {
      gateway: {
        auth: {
          mode: 'trusted-proxy',
          rateLimit: { maxAttempts: 1_000_000, windowMs: 60_000, lockoutMs: 1_000 },
          trustedProxy: { userHeader: 'x-forwarded-user', allowLoopback: true },
        },
        trustedProxies: ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
      },
    },
  });
});

test('a version that cannot be read counts as the newest', () => {
  const ids = (version: string): string[] => configurationsOf(version).map(({ id }) => id);
  expect(ids('dev')).toEqual(ids('2026.12.31'));
});
