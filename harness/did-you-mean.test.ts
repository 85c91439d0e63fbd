import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

const IDS = [
  'host-header/dns-rebinding',
  'host-header/dns-rebinding/foreign-name',
  'identity/node-commands-wait',
  'stale-scopes/local-write-after-read',
  'stale-scopes/remote-upgrade',
];

test.each<[string, string, string]>([
  ['a letter too few', 'stale-scopes/remote-upgrad', 'Did you mean stale-scopes/remote-upgrade? See all.'],
  [
    'two letters the wrong way round',
    'identity/node-comamnds-wait',
    'Did you mean identity/node-commands-wait? See all.',
  ],
  ['the end alone', 'remote-upgrade', 'Did you mean stale-scopes/remote-upgrade? See all.'],
  ['a mistyped end alone', 'remote-upgarde', 'Did you mean stale-scopes/remote-upgrade? See all.'],
  ['a part', 'dns-rebind', 'Did you mean host-header/dns-rebinding? See all.'],
  ['the mistyped beginning of an end', 'foregin', 'Did you mean host-header/dns-rebinding/foreign-name? See all.'],
  ['more than the name', 'identity/node-commands-wait.yaml', 'Did you mean identity/node-commands-wait? See all.'],
  ['a pattern', 'idenity/node-commands-wait*', 'Did you mean identity/node-commands-wait? See all.'],
  ['capital letters', 'Stale-Scopes/Remote-Upgrade', 'Did you mean stale-scopes/remote-upgrade? See all.'],
  ['nothing alike', 'xyzzy', 'See all.'],
  ['one letter', 'o', 'See all.'],
  ['nothing', '', 'See all.'],
])('for %s', (_label, given, said) => {
  expect(didYouMean(given, IDS, 'See all.')).toBe(said);
});

test('at most three names are suggested, the most similar first, without duplicates', () => {
  const known = ['lan-through-proxy', 'plan', 'lane', 'land', 'lane'];
  expect(didYouMean('lan', known, 'See all.')).toBe('Did you mean land, lane or plan? See all.');
});

test('the given text may have any length', () => {
  expect(didYouMean('x'.repeat(1_000_000), IDS, 'See all.')).toBe('See all.');
});
