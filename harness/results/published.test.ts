import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLE_FILE, exampleWith } from '../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { EMPTY, LOADED, REWRITTEN, results } from './published.fixture.ts';
import { isPublished, PUBLISHED, published, readAllPublished, readPublished, writePublished } from './published.ts';

test('a scenario whose checks all hold is published, with its digest', () => {
  const { now, left } = published(EMPTY, results({ upgrade: 'reproduced' }), [LOADED]);
  expect(left).toEqual([]);
  expect(isPublished(EMPTY, LOADED)).toBe(false);
  expect(isPublished(now, LOADED)).toBe(true);
  expect(isPublished(now, REWRITTEN)).toBe(false);
  expect(now.scenarios['stale-scopes/example']?.checks).toMatchObject({ first: 'pass', upgrade: 'reproduced' });
});

test('a change of prose, or of the far end of a range, keeps the published result valid', () => {
  const { now } = published(EMPTY, results(), [LOADED]);
  const texts = [
    exampleWith('title: A device', 'title: Some device'),
    exampleWith('<2026.8.1', '<=2026.7.1-2'),
    exampleWith('clients:', 'applies: { releases: ">=2026.3.31", because: It is so. }\nclients:'),
    exampleWith('    name: first\n', '    name: first\n    because: It is so.\n'),
  ];
  expect(texts.map((text) => isPublished(now, loadScenario(text, EXAMPLE_FILE)))).toEqual(texts.map(() => true));
  const played = [
    exampleWith('<2026.8.1', '<2026.4.1'),
    exampleWith('clients:', 'applies: { releases: ">=2026.5.2", because: It is so. }\nclients:'),
    exampleWith('scopes: [operator.admin] } }', 'scopes: [operator.write] } }'),
    exampleWith('name: again', 'name: once-more'),
  ];
  expect(played.map((text) => isPublished(now, loadScenario(text, EXAMPLE_FILE)))).toEqual(played.map(() => false));
});

test('a scenario that does not hold is named, and its earlier result is kept', () => {
  const { now } = published(EMPTY, results(), [LOADED]);
  expect(published(now, results({ upgrade: 'fail' }), [LOADED])).toEqual({ now, left: ['stale-scopes/example'] });
  expect(published(now, results({ upgrade: 'skipped' }), [LOADED])).toEqual({ now, left: [] });
  expect(published(now, [], [])).toEqual({ now: EMPTY, left: [] });
});

test('written results are read back, oldest release first', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'postern-'));
  const { now } = published(EMPTY, results(), [LOADED]);
  for (const version of ['2026.9.6', '2026.4.12', '2026.4.1']) writePublished(root, { ...now, version });
  expect(readAllPublished(root).map(({ version }) => version)).toEqual(['2026.4.1', '2026.4.12', '2026.9.6']);
  expect(readPublished(root, '2026.4.1')).toEqual(now);
  expect(readPublished(root, '2026.7.1').scenarios).toEqual({});
});

test('an invalid file is an error that names it', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'postern-'));
  mkdirSync(path.join(root, PUBLISHED), { recursive: true });
  writeFileSync(path.join(root, PUBLISHED, '2026.4.1.json'), '{"version":');
  expect(() => readPublished(root, '2026.4.1')).toThrow('2026.4.1.json is not a published result');
});
