import { expect, test } from 'vitest';
import type { Verdict } from '../../judge/verdict.ts';
import { type Published, published } from '../../results/published.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../../scenario/example.fixture.ts';
import { loadScenario } from '../../scenario/load.ts';
import { renderReleases } from './releases.ts';

const LOADED = loadScenario(EXAMPLE, EXAMPLE_FILE);
/** The example scenario with another client, so that its digest differs. */
const REWRITTEN = loadScenario(exampleWith('kind: backend', 'kind: cli'), EXAMPLE_FILE);
const EMPTY: Published = {
  version: '2026.4.1',
  command: 'npx postern matrix --publish --gateway 2026.4.1',
  scenarios: {},
};

/** A result for each check of the example: as declared, except for the given verdicts. */
const results = (others: Record<string, Verdict> = {}) =>
  LOADED.checks.map(({ name }) => {
    const verdict = others[name] ?? 'pass';
    return { scenario: LOADED.scenario.id, name, verdict, holds: verdict !== 'fail' };
  });

test('the table shows which release reproduced which failure', () => {
  const old = published(EMPTY, results({ upgrade: 'reproduced' }), [LOADED]).now;
  const next = published({ ...EMPTY, version: '2026.9.6' }, results(), [LOADED]).now;
  const releases = renderReleases([LOADED], [old, next]).split('\n');
  expect(releases).toContain('| scenario | 2026.4.1 | 2026.9.6 |');
  expect(releases).toContain(`| [example](../${EXAMPLE_FILE}) | red | ok |`);
  const rewritten = REWRITTEN;
  expect(renderReleases([rewritten], [old, next]).split('\n')).toContain(
    `| [example](../${EXAMPLE_FILE}) | not played | not played |`,
  );
  const later = loadScenario(
    exampleWith('clients:', 'applies: { range: ">=2026.9.1", because: It is so. }\nclients:'),
    EXAMPLE_FILE,
  );
  expect(renderReleases([later], [old, next]).split('\n')).toContain(`| [example](../${EXAMPLE_FILE}) | – | ok |`);
});
