import { expect, test } from 'vitest';
import { findingsOf, withoutFindings } from './findings.ts';
import type { SettingFinding } from './setting-property.ts';
import { knocksAt, seenWith } from './settings.fixture.ts';

const briefly = ({ property, configuration, knock, seen }: SettingFinding): unknown => [
  property,
  configuration,
  knock,
  seen,
];

test.each(['2026.4.1', '2026.7.1', '2026.9.6'])(
  'a gateway of %s that opens what its settings say has no finding',
  (version) => {
    expect(findingsOf(seenWith({}, version))).toEqual([]);
  },
);

test('a gateway that starts without a secret on every interface is a finding', () => {
  const seen = seenWith({ 'no-auth': { runs: true, why: '' } });
  expect(findingsOf(seen).map(briefly)).toEqual([
    [
      'unsafe-settings-do-not-start',
      'no-auth',
      null,
      'it runs. Every machine that reaches the port could do everything.',
    ],
  ]);
});

test('a setting that opens the gateway to another client than its page says is a finding', () => {
  const seen = seenWith({
    'private-proxies': { knocks: knocksAt('private-proxies', 'lan/says-loopback', 'admitted') },
  });
  expect(findingsOf(seen).map(briefly)).toEqual([
    [
      'no-more-than-the-settings-open',
      'private-proxies',
      'lan/says-loopback',
      'admitted with operator.read; without these settings refused before authentication (credentials)',
    ],
  ]);
});

test('an opening counts only together with the settings that it names', () => {
  const opened = { knocks: knocksAt('proxy-signs-in exact-proxy', 'elsewhere/alice', 'admitted') };
  expect(findingsOf(seenWith({ 'proxy-signs-in exact-proxy': opened })).map(({ knock }) => knock)).toEqual([
    'elsewhere/alice',
  ]);
});

test('a retired setting must open nothing on the releases that ignore it', () => {
  const id = 'pages-without-devices';
  const opened = { [id]: { knocks: knocksAt(id, 'lan/page-without-device', 'admitted') } };
  expect(findingsOf(seenWith(opened)).map(({ property }) => property)).toEqual(['no-more-than-the-settings-open']);
  expect(findingsOf(seenWith({}, '2026.4.1'))).toEqual([]);
});

test('a setting that does not open what its page says is a finding', () => {
  const closed = { knocks: knocksAt('any-origin', 'lan/foreign-page', 'refused before authentication') };
  expect(findingsOf(seenWith({ 'any-origin': closed })).map(briefly)).toEqual([
    [
      'a-setting-does-what-it-says',
      'any-origin',
      'lan/foreign-page',
      'refused before authentication (credentials); without it refused before authentication (credentials)',
    ],
  ]);
});

test('a setting that does not close what its page says is a finding', () => {
  const open = { knocks: knocksAt('local-by-hand', 'here/secret', 'admitted') };
  expect(findingsOf(seenWith({ 'local-by-hand': open })).map(briefly)).toEqual([
    [
      'a-setting-does-what-it-says',
      'local-by-hand',
      'here/secret',
      'admitted with operator.read; without it admitted with operator.read',
    ],
  ]);
});

test('an audit that does not warn, or warns of what is not set, is a finding', () => {
  const seen = seenWith({
    'any-origin': { warnings: ['gateway.bind_network_accessible'] },
    plain: { warnings: ['gateway.real_ip_fallback_enabled', 'gateway.auth_no_rate_limit'] },
  });
  expect(findingsOf(seen).map(briefly)).toEqual([
    ['the-audit-warns', 'plain', null, 'the audit says gateway.real_ip_fallback_enabled'],
    [
      'the-audit-warns',
      'any-origin',
      null,
      'the audit says gateway.bind_network_accessible, and not gateway.control_ui.allowed_origins_wildcard',
    ],
  ]);
});

test('without its findings, a play has none, and keeps everything else', () => {
  const seen = seenWith({
    'no-auth': { runs: true, why: '' },
    'private-proxies': { knocks: knocksAt('private-proxies', 'lan/says-loopback', 'admitted') },
  });
  const left = withoutFindings(seen, findingsOf(seen));
  expect(findingsOf(left)).toEqual([]);
  expect(left.configurations).toHaveLength(seen.configurations.length - 1);
});
