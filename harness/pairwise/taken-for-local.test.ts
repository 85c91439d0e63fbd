import { expect, test } from 'vitest';
import type { Observation } from '../scenario/schema/observation.ts';
import { PLAIN, PROBES, type ProbeName } from './cell.ts';
import type { Cell } from './dimensions.ts';
import { propertyOn } from './knock-property.ts';
import { TABLE_PROPERTIES } from './properties.ts';
import { IN } from './reading.fixture.ts';

const PAGE: Partial<Cell> = { kind: 'control-ui', origin: 'origin-of-the-gateway' };
const PAIRED: Observation = { ...IN, pairing: 'approved-silently' };

/** The probes that violate "unapproved devices wait" on a release, if each probe of the cell is approved silently. */
function brokenOn(version: string, values: Partial<Cell>): ProbeName[] {
  const seen = { knock: PAIRED, replay: PAIRED, again: PAIRED, elsewhere: PAIRED };
  return TABLE_PROPERTIES.filter(({ id }) => id === 'strangers-wait').flatMap((property) =>
    propertyOn(property, version).broken(seen, { ...PLAIN, ...values }),
  );
}

test('a Control UI at a loopback name is excepted on the releases that take it for local', () => {
  const page: Partial<Cell> = { ...PAGE, host: 'host-localhost' };
  expect(brokenOn('2026.4.5', page)).toEqual(PROBES);
  expect(brokenOn('2026.4.7', page)).toEqual([]);
});

test.each<[what: string, values: Partial<Cell>, broken: readonly ProbeName[]]>([
  ['a command', { host: 'host-localhost', origin: 'origin-of-the-gateway' }, PROBES],
  ['a page of another kind', { ...PAGE, kind: 'webchat', host: 'host-localhost' }, PROBES],
  ['a page that was opened at a name of the network', { ...PAGE, host: 'host-name' }, ['knock', 'replay', 'again']],
  [
    'a page without the secret',
    { ...PAGE, host: 'host-localhost', credential: 'no-secret' },
    ['knock', 'replay', 'again'],
  ],
  [
    'a page with a word of a proxy',
    { ...PAGE, host: 'host-localhost', forwarded: 'xff-private' },
    ['knock', 'replay', 'again'],
  ],
  ['a page through a proxy that says so', { ...PAGE, host: 'host-localhost', route: 'proxy-lan' }, PROBES],
  ['a page through the published port', { ...PAGE, route: 'published' }, ['elsewhere']],
])('%s is excepted no further than it comes so', (_what, values, broken) => {
  expect(brokenOn('2026.9.6', values)).toEqual(broken);
});
