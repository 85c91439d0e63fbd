import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../root.ts';
import { MODEL_FACTS } from '../../stateful/releases.ts';
import { EXAMPLE_FILE, exampleWith } from '../catalogue/example.fixture.ts';
import { loadScenario } from '../catalogue/load.ts';
import { EXPECTATION_FOR } from '../schema/expectation.ts';
import { FACT_IDS, FACTS, HARDENED_BY } from './facts.ts';
import { rangeFault } from './range.ts';

describe.each(FACT_IDS)('%s', (id) => {
  const { releases, shownBy } = FACTS[id];

  test('has a range, and a scenario that shows it', () => {
    expect(rangeFault(releases)).toBeNull();
    expect(existsSync(path.join(ROOT, 'scenarios', `${shownBy}.yaml`))).toBe(true);
  });

  test('is used by a scenario or by the model', () => {
    const files = globSync('scenarios/*/*.yaml', { cwd: ROOT }).map((file) =>
      readFileSync(path.join(ROOT, file), 'utf8'),
    );
    const isUsed = files.some((text) => new RegExp(`\\b(needs|hardened|by): ${id}\\b`).test(text));
    expect(isUsed || MODEL_FACTS.some((taken) => taken === id)).toBe(true);
  });
});

test.each(Object.entries(HARDENED_BY))('what %s expects is an expectation', (_, expected) => {
  expect(EXPECTATION_FOR.knock.parse(expected)).toEqual(expected);
});

describe('by name in a scenario', () => {
  const FIRST = '    expect: { admitted: { scopes: [operator.read] } }\n  - knock';
  const loaded = (text: string) => loadScenario(text, EXAMPLE_FILE).scenario;

  test('a scenario applies to the releases on which the fact that it needs holds', () => {
    expect(loaded(exampleWith('clients:', 'needs: device-tokens\nclients:')).applies).toEqual({
      releases: '>=2026.3.2',
      because: 'Earlier releases accept a device token only in the field of the shared token.',
    });
  });

  test('a later release is stricter by a fact, with its refusal or with another one', () => {
    const hardened = (by: string): unknown =>
      loaded(exampleWith(FIRST, `${FIRST.replace('  - knock', `    hardened: ${by}\n  - knock`)}`)).steps[0]?.hardened;
    expect(hardened('proxies-are-attributed')).toEqual({
      releases: '>=2026.8.1',
      because:
        'The gateway refuses forwarded requests of a proxy that it does not trust, before it checks credentials.',
      expect: {
        refused: { at: 'http', code: 403, cause: 'proxy-attribution', reason: 'proxy_attribution_required' },
        pairing: 'none',
      },
    });
    const expect_ = '{ refused: { code: 1008, cause: pairing-required } }';
    expect(hardened(`{ by: revocation-takes-the-role, expect: ${expect_} }`)).toEqual({
      releases: '>=2026.3.31',
      because: 'A device whose token is revoked loses the role, and needs approval to get it back.',
      expect: { refused: { at: 'handshake', code: 1008, cause: 'pairing-required' } },
    });
  });

  test.each([
    ['needs: device-tokns\nclients:', 'Invalid option: expected one of "pinned-metadata"|'],
    [
      'needs: device-tokens\napplies: { releases: ">=2026.3.2", because: why }\nclients:',
      '"needs" and "applies" exclude each other: remove one',
    ],
  ])('an unknown fact, or two ranges, is a fault: %#', (replacement, message) => {
    expect(() => loaded(exampleWith('clients:', replacement))).toThrow(message);
  });
});
