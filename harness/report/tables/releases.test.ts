import { expect, test } from 'vitest';
import type { Verdict } from '../../judge/verdict.ts';
import { EMPTY, LOADED, REWRITTEN, results } from '../../results/published.fixture.ts';
import { type Published, published } from '../../results/published.ts';
import { EXAMPLE_FILE, exampleWith } from '../../scenario/catalogue/example.fixture.ts';
import { type LoadedScenario, loadScenario } from '../../scenario/catalogue/load.ts';
import { NOT_PLAYED, NPM_RELEASES, STABLE_RELEASES } from '../../scenario/releases/npm-releases.ts';
import { renderReleases } from './releases.ts';

const on = (version: string, upgrade: Verdict = 'pass', loaded = LOADED): Published =>
  published({ ...EMPTY, version }, results({ upgrade }), [loaded]).now;

/** The spans of the only scenario in the table. */
function spans(loaded: LoadedScenario, releases: readonly Published[]): string[] {
  const row = renderReleases([loaded], releases)
    .split('\n')
    .find((line) => line.includes('](../scenarios/'));
  return (row?.split(' | ')[1] ?? '').replace(/ \|$/, '').split('<br>');
}

test('each scenario has the first and the last release of each state', () => {
  const releases = [on('2026.3.31', 'reproduced'), on('2026.4.1', 'reproduced'), on('2026.4.8', 'reproduced')];
  expect(spans(LOADED, [...releases, on('2026.9.5'), on('2026.9.6')])).toEqual([
    'not played 2026.2.17 to 2026.3.28',
    '**red** 2026.3.31 to 2026.4.8 (3 of 5 played)',
    'not played 2026.4.9 to 2026.9.4',
    'ok 2026.9.5 to 2026.9.6',
  ]);
});

test('a preview counts if it has a result', () => {
  expect(spans(LOADED, [on('2026.9.1-beta.1')])).toEqual([
    'not played 2026.2.17 to 2026.8.2',
    'ok 2026.9.1-beta.1',
    'not played 2026.9.1 to 2026.9.6',
  ]);
});

test('a result of the scenario as it was written earlier does not count', () => {
  expect(spans(REWRITTEN, [on('2026.4.1')])).toEqual(['not played 2026.2.17 to 2026.9.6']);
});

test('releases that the scenario does not apply to need no result', () => {
  const later = loadScenario(
    exampleWith('clients:', 'applies: { releases: ">=2026.9.5", because: It is so. }\nclients:'),
    EXAMPLE_FILE,
  );
  expect(spans(later, [on('2026.9.6', 'pass', later)])).toEqual([
    'does not apply 2026.2.17 to 2026.9.4',
    'not played 2026.9.5',
    'ok 2026.9.6',
  ]);
});

test('releases that are not played are told with the reason, and are no edge of a range', () => {
  const page = renderReleases([], []);
  for (const [version, why] of Object.entries(NOT_PLAYED)) {
    expect(page).toContain(`| ${version} | ${why.slice(0, 20)}`);
    expect(NPM_RELEASES).toContain(version);
    expect(STABLE_RELEASES).not.toContain(version);
  }
});
