import { expect, test } from 'vitest';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../scenario/example.fixture.ts';
import { loadScenario } from '../scenario/load.ts';
import { planStages } from './plan.ts';

const AFFECTED = '2026.4.1';
const MENDED = '2026.9.6';
const load = (text: string, name = 'example') =>
  loadScenario(text.replace('stale-scopes/example', `stale-scopes/${name}`), EXAMPLE_FILE.replace('example', name));
const planned = (...args: Parameters<typeof planStages>): string[][] =>
  planStages(...args).map(({ id, parts }) => [
    id,
    ...parts.map(({ loaded, remedy }) => `${loaded.scenario.id}${remedy === null ? '' : ` + ${remedy.name}`}`),
  ]);

test('scenarios with the same config share one stage, remedies included', () => {
  expect(planned([load(EXAMPLE), load(EXAMPLE, 'other')], AFFECTED)).toEqual([
    [
      'shared-1',
      'stale-scopes/example',
      'stale-scopes/example + approve',
      'stale-scopes/other',
      'stale-scopes/other + approve',
    ],
  ]);
});

test('a remedy is planned only where something is broken', () => {
  expect(planned([load(EXAMPLE)], MENDED)).toEqual([['shared-1', 'stale-scopes/example']]);
});

test('a scenario that restarts the gateway has a stage of its own, and the longest chain comes first', () => {
  const restarting = load(exampleWith('boundary:\n', '  - restart: {}\nboundary:\n'), 'restarting');
  const upgrading = load(
    exampleWith('clients:\n', 'gateway: { release: 2026.2.17 }\nclients:\n').replace(
      'boundary:\n',
      '  - upgrade: {}\nboundary:\n',
    ),
    'upgrading',
  );
  expect(planned([load(EXAMPLE), restarting, upgrading], MENDED)).toEqual([
    ['stale-scopes.upgrading', 'stale-scopes/upgrading'],
    ['stale-scopes.restarting', 'stale-scopes/restarting'],
    ['shared-1', 'stale-scopes/example'],
  ]);
});

test('a scenario that makes no sense on a release is not planned there', () => {
  const later = exampleWith(
    'clients:\n',
    'applies: { range: ">=2026.7.1", because: it has no such command }\nclients:\n',
  );
  expect(planned([load(later)], AFFECTED)).toEqual([]);
});

test('scenarios that use the home of the gateway take turns on a stage, and the others do not wait for them', () => {
  const command = '  - cli: { run: [devices, list], in: gateway }\nboundary:\n';
  const stranger = '  - cli: { run: [devices, list], in: peer, home: fresh }\nboundary:\n';
  const stages = planStages(
    [
      load(EXAMPLE),
      load(exampleWith('boundary:\n', command), 'first'),
      load(exampleWith('boundary:\n', command), 'second'),
      load(exampleWith('boundary:\n', stranger), 'stranger'),
    ],
    MENDED,
  );
  expect(stages.map(({ id, inTurn, parts }) => [id, inTurn, ...parts.map((part) => part.loaded.scenario.id)])).toEqual([
    ['in-turn-2', true, 'stale-scopes/first', 'stale-scopes/second'],
    ['shared-1', false, 'stale-scopes/example', 'stale-scopes/stranger'],
  ]);
});

test('a stage opens the doors that its steps knock at', () => {
  const doors = planStages([load(EXAMPLE)], MENDED).flatMap((stage) => stage.doors);
  expect(new Set(doors.map(({ from, through }) => `${from} ${through}`))).toEqual(
    new Set(['loopback documented', 'lan documented']),
  );
});
