import { expect, test } from 'vitest';
import { EMPTY, LOADED, REWRITTEN, results } from '../../results/published.fixture.ts';
import { published } from '../../results/published.ts';
import { EXAMPLE_FILE, exampleWith } from '../../scenario/example.fixture.ts';
import { loadScenario } from '../../scenario/load.ts';
import { renderReleases } from './releases.ts';

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
    exampleWith('clients:', 'applies: { releases: ">=2026.9.1", because: It is so. }\nclients:'),
    EXAMPLE_FILE,
  );
  expect(renderReleases([later], [old, next]).split('\n')).toContain(`| [example](../${EXAMPLE_FILE}) | – | ok |`);
});
