import { expect, test } from 'vitest';
import { leaksInSeal, sealRules, sealTrialsOf } from './network-seal.ts';

const NETWORK = { subnet: '172.18.4.0/22', host: '172.18.4.1' };

test('the rules allow loopback, answers, and the addresses of the stage except the host and broadcast', () => {
  expect(sealRules(NETWORK, [18940])).toBe(`table inet postern_seal {
  counter refused { }
  chain out {
    type filter hook output priority 0; policy drop;
    oif lo accept
    ct state established accept
    ip daddr 172.18.4.0/22 ip daddr != { 172.18.4.1, 172.18.7.255 } accept
    meta nfproto ipv4 counter name refused
    meta l4proto tcp reject with tcp reset
    reject with icmpx admin-prohibited
  }
  chain in {
    type filter hook input priority 0; policy accept;
    ip saddr 172.18.4.0/22 ip saddr != 172.18.4.1 tcp dport 18940 reject with tcp reset
  }
}`);
});

const TRIALS = sealTrialsOf('172.18.4.1', 40000, '172.18.4.2');
const SEALED = [
  'postern-seal tcp 172.18.4.1 40000: refused by the rules',
  'postern-seal udp 172.18.4.1 53: refused by the rules',
  'postern-seal tcp 192.0.2.1 443: refused by the rules',
  'postern-seal tcp 172.18.4.2 9: Connection refused',
];

test('a seal has no holes if the rules ended each trial', () => {
  expect(leaksInSeal(SEALED, TRIALS)).toEqual([]);
});

test.each([
  ['that connected', 0, 'connected', 'the host (tcp 172.18.4.1 40000) was tried: connected'],
  [
    'that only found no listener',
    0,
    'Connection refused',
    'the host (tcp 172.18.4.1 40000) was tried: Connection refused',
  ],
  ['that was left without an answer', 2, '', 'an address outside (tcp 192.0.2.1 443) was tried: '],
  ['that did not reach the stage', 3, 'refused by the rules', 'the neighbour is out of reach: refused by the rules'],
])('a trial %s is a hole', (_how, index, said, hole) => {
  const lines = SEALED.with(index, `${SEALED[index]?.replace(/: .*/, '')}: ${said}`);
  expect(leaksInSeal(lines, TRIALS)).toEqual([hole]);
});

test('a trial that was never made is a hole', () => {
  expect(leaksInSeal(SEALED.slice(1), TRIALS)).toEqual(['the host (tcp 172.18.4.1 40000) was never tried']);
});
