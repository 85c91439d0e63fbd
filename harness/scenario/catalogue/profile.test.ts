import { expect, test } from 'vitest';
import { ROOT } from '../../root.ts';
import { loadScenarios } from './load.ts';
import { type PROFILES, REACHES, whyProfileLeavesOut } from './profile.ts';

const ALL = loadScenarios(ROOT);
const leftOut = (name: keyof typeof PROFILES, changedPaths: readonly string[] | null): string[] =>
  ALL.filter((loaded) => whyProfileLeavesOut(loaded, { name, changedPaths }) !== null).map(
    ({ scenario }) => scenario.id,
  );
const TURNS = 'stale-scopes/spawn-after-probe';
const UPDATE = 'stale-scopes/update-into-the-database';

test.each<[why: string, paths: string[] | null, turns: boolean, updates: boolean]>([
  ['paths that are not known reach everything', null, true, true],
  ['the handshake reaches turns', ['src/gateway/server/ws-connection.ts'], true, false],
  ['an agent reaches turns', ['src/agents/tools.ts', 'docs/gateway/index.md'], true, false],
  ['stored pairings reach turns and updates', ['src/infra/device-pairing.ts'], true, true],
  ['a folder that no row names reaches everything', ['brand-new/index.ts'], true, true],
  ['a page reaches neither', ['ui/src/ui/app.ts'], false, false],
  ['texts and tests reach neither', ['README.md', 'src/infra/device-pairing.test.ts'], false, false],
  ['one path is enough', ['README.md', 'package.json'], true, true],
])('profile pr: %s', (_why, paths, turns, updates) => {
  const out = leftOut('pr', paths);
  expect({ turns: !out.includes(TURNS), updates: !out.includes(UPDATE) }).toEqual({ turns, updates });
});

test('profile pr leaves out scenarios with turns and updates alone', () => {
  const why = (id: string): string | null => {
    const loaded = ALL.find(({ scenario }) => scenario.id === id);
    return loaded === undefined ? null : whyProfileLeavesOut(loaded, { name: 'pr', changedPaths: [] });
  };
  expect(why(TURNS)).toBe('profile pr: none of the changed paths reaches scenarios with agent turns');
  expect(why(UPDATE)).toBe('profile pr: none of the changed paths reaches scenarios with updates');
  expect(why('advisories/rotated-secret')).toBeNull();
  expect(leftOut('pr', []).length).toBeLessThan(ALL.length / 5);
});

test('the other profiles play everything', () => {
  expect(leftOut('release', [])).toEqual([]);
  expect(leftOut('nightly', [])).toEqual([]);
});

test('each row of reached kinds has a reason', () => {
  for (const { because } of REACHES) expect(because).toMatch(/^[A-Z].*\.$/);
});
