import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { unitsOn } from '../play/play-unit.ts';
import { isPublished, readPublished } from '../results/published.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';

/** The releases of which CI plays one quarter of the catalogue at each commit. */
const GATEWAYS_OF_CI = ['2026.4.1', '2026.9.6'];

test('CI plays quarters of the catalogue on these releases', () => {
  const [matrix = ''] = readFileSync(path.join(ROOT, '.ci/run'), 'utf8').match(/^step .* matrix .*$/m) ?? [];
  expect([...matrix.matchAll(/--gateway (\S+)/g)].map(([, gateway]) => gateway)).toEqual(GATEWAYS_OF_CI);
  expect(matrix).toContain('--shard "$quarter/4"');
});

test.each(GATEWAYS_OF_CI)('every scenario that applies to %s was played there as it is written now', (version) => {
  const release = readPublished(ROOT, version);
  const applying = loadScenarios(ROOT).filter((loaded) => unitsOn(loaded, version).length > 0);
  expect(applying.length).toBeGreaterThan(100);
  expect(applying.filter((loaded) => !isPublished(release, loaded)).map(({ scenario }) => scenario.id)).toEqual([]);
});
