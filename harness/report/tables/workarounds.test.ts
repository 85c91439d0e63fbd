import { expect, test } from 'vitest';
import type { Verdict } from '../../judge/verdict.ts';
import type { Published } from '../../results/published.ts';
import { digestOn } from '../../scenario/catalogue/digest.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../../scenario/catalogue/example.fixture.ts';
import { type LoadedScenario, loadScenario } from '../../scenario/catalogue/load.ts';
import { renderWorkarounds } from './workarounds.ts';

/** The published result of a scenario on a release: the given verdicts, and pass for every other check. */
function shown(version: string, loaded: LoadedScenario, others: Record<string, Verdict> = {}): Published {
  const checks = Object.fromEntries(loaded.checks.map(({ name }): [string, Verdict] => [name, others[name] ?? 'pass']));
  return { version, command: '', scenarios: { [loaded.scenario.id]: { digest: digestOn(version, loaded), checks } } };
}

const cellsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| /, '')));

test('a workaround is shown with the releases on which it had the declared outcome', () => {
  const loaded = loadScenario(EXAMPLE, EXAMPLE_FILE);
  const releases = [shown('2026.4.1', loaded), shown('2026.9.6', loaded, { 'approve.again': 'not-applicable' })];
  expect(cellsOf(renderWorkarounds([loaded], releases)).map((row) => row.slice(0, 4))).toEqual([
    [
      'Approve the pending request.',
      '**helps** on 2026.4.1',
      'again: admitted with operator.write',
      'stale-scopes/example',
    ],
  ]);
});

test('a workaround that was played on no release has no outcome', () => {
  const loaded = loadScenario(EXAMPLE, EXAMPLE_FILE);
  expect(cellsOf(renderWorkarounds([loaded], []))[0]?.[1]).toBe(
    'no result: it is given for `>=2026.3.31 <2026.8.1`, and no release of that range was played',
  );
});

test('one row has all outcomes of a workaround, and rows with the same workaround are adjacent', () => {
  const again = EXAMPLE.slice(EXAMPLE.indexOf('  - name: approve\n'));
  const later = again
    .replace('name: approve\n', 'name: approve-later\n')
    .replace('outcome: helps', 'outcome: makes-it-worse\n    releases: ">=2026.4.12"');
  const other = again.replace('name: approve\n', 'name: ask\n').replace('Approve the pending', 'A pending');
  const loaded = loadScenario(
    `${exampleWith('outcome: helps', 'outcome: helps\n    releases: "<2026.4.12"')}${other}${later}`,
    EXAMPLE_FILE,
  );
  const releases = [
    shown('2026.4.1', loaded, { 'approve-later.again': 'not-applicable' }),
    shown('2026.7.1', loaded, { 'approve.again': 'not-applicable', 'ask.again': 'fail' }),
  ];
  expect(cellsOf(renderWorkarounds([loaded], releases)).map((row) => row.slice(0, 2))).toEqual([
    ['A pending request.', '**helps** on 2026.4.1'],
    ['Approve the pending request.', '**helps** on 2026.4.1; **makes it worse** on 2026.7.1'],
  ]);
});
