import { expect, test } from 'vitest';
import { shuffled } from '../order.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../scenario/example.fixture.ts';
import { loadScenario } from '../scenario/load.ts';
import { planStages } from './plan-stages.ts';

const AFFECTED = '2026.4.1';
const MENDED = '2026.9.6';
const load = (text: string, name = 'example') =>
  loadScenario(text.replace('stale-scopes/example', `stale-scopes/${name}`), EXAMPLE_FILE.replace('example', name));
const planned = (...args: Parameters<typeof planStages>): string[][] =>
  planStages(...args).map(({ id, batches }) => [
    id,
    ...batches.map((act) =>
      act.map(({ loaded, remedy }) => `${loaded.scenario.id}${remedy === null ? '' : ` + ${remedy.name}`}`).join(', '),
    ),
  ]);

test('scenarios with the same config share one stage side by side, remedies included', () => {
  expect(planned([load(EXAMPLE), load(EXAMPLE, 'other')], AFFECTED)).toEqual([
    [
      'shared-1',
      'stale-scopes/example, stale-scopes/example + approve, stale-scopes/other, stale-scopes/other + approve',
    ],
  ]);
});

test('a remedy is planned only where something is broken', () => {
  expect(planned([load(EXAMPLE)], MENDED)).toEqual([['shared-1', 'stale-scopes/example']]);
});

test('or where it says that it is carried out', () => {
  const named = exampleWith('works: true', `works: true\n    range: ">=${MENDED}"`);
  expect(planned([load(named)], MENDED)).toEqual([
    ['shared-1', 'stale-scopes/example, stale-scopes/example + approve'],
  ]);
  expect(planned([load(named)], AFFECTED)).toEqual([['shared-1', 'stale-scopes/example']]);
});

const restarting = exampleWith('boundary:\n', '  - restart: {}\nboundary:\n');
const commanding = exampleWith('boundary:\n', '  - cli: { run: [devices, list], in: gateway }\nboundary:\n');
const visiting = exampleWith('boundary:\n', '  - cli: { run: [devices, list], in: peer, home: fresh }\nboundary:\n');
const upgrading = exampleWith('clients:\n', 'gateway: { release: 2026.2.17 }\nclients:\n').replace(
  'boundary:\n',
  '  - upgrade: {}\nboundary:\n',
);

const TRUSTING = '{ gateway: { trustedProxies: ["127.0.0.1"] } }';
const TRUSTING_NOBODY = '{ gateway: { trustedProxies: null } }';

test('a scenario that leaves another gateway behind comes last on a stage, a further one has its own, and an upgrade always has', () => {
  const configuring = exampleWith('boundary:\n', `  - configure: { set: ${TRUSTING} }\nboundary:\n`);
  const scenarios = ['one', 'two', 'three'].map((name) => load(configuring, name));
  expect(
    planned([load(EXAMPLE), load(commanding, 'commanding'), ...scenarios, load(upgrading, 'upgrading')], MENDED),
  ).toEqual([
    ['stale-scopes.upgrading', 'stale-scopes/upgrading'],
    ['in-turn-1', 'stale-scopes/commanding', 'stale-scopes/two'],
    ['shared-2', 'stale-scopes/example', 'stale-scopes/one'],
    ['stale-scopes.three', 'stale-scopes/three'],
  ]);
});

test('a scenario that restarts the gateway takes its turn after those that do not, and one that kills it leaves another behind', () => {
  const killing = exampleWith('boundary:\n', '  - restart: { kill: true }\nboundary:\n');
  expect(
    planned([load(killing, 'killing'), load(restarting, 'restarting'), load(commanding, 'commanding')], MENDED),
  ).toEqual([['in-turn-1', 'stale-scopes/commanding', 'stale-scopes/restarting', 'stale-scopes/killing']]);
});

test('a scenario that puts a new container on the same home takes its turn too, and one on an empty home leaves another behind', () => {
  const recreating = (home: string): string =>
    exampleWith('boundary:\n', `  - recreate: { home: ${home} }\nboundary:\n`);
  const all = [load(recreating('fresh'), 'emptied'), load(recreating('kept'), 'kept'), load(commanding, 'commanding')];
  expect(planned(all, MENDED)).toEqual([
    ['in-turn-1', 'stale-scopes/commanding', 'stale-scopes/kept', 'stale-scopes/emptied'],
  ]);
});

test('a scenario that takes back what it configured takes its turn, and one that does not leaves another behind', () => {
  const configuring = (...patches: string[]): string => {
    const steps = patches.map((set) => `  - configure: { set: ${set} }\n`).join('');
    return exampleWith('boundary:\n', `${steps}boundary:\n`);
  };
  const all = [
    load(configuring(TRUSTING), 'changed'),
    load(configuring(TRUSTING, TRUSTING_NOBODY), 'as-before'),
    load(restarting, 'restarting'),
  ];
  expect(planned(all, MENDED)).toEqual([
    ['in-turn-1', 'stale-scopes/restarting', 'stale-scopes/as-before', 'stale-scopes/changed'],
  ]);
});

test('those that take turns are spread over as many stages as keep each chain short, with those that restart it at the end of each', () => {
  const busy = exampleWith(
    'boundary:\n',
    `${'  - cli: { run: [devices, list], in: gateway }\n'.repeat(24)}boundary:\n`,
  );
  const all = [load(restarting, 'restarting'), load(busy, 'one'), load(busy, 'two'), load(commanding, 'commanding')];
  expect(planned(all, MENDED)).toEqual([
    ['in-turn-1', 'stale-scopes/one', 'stale-scopes/restarting'],
    ['in-turn-2', 'stale-scopes/two', 'stale-scopes/commanding'],
  ]);
});

test('scenarios that use the home of the gateway take turns on a stage, and the others do not wait for them', () => {
  const all = [load(EXAMPLE), load(commanding, 'first'), load(commanding, 'second'), load(visiting, 'visiting')];
  expect(planned(all, MENDED)).toEqual([
    ['in-turn-1', 'stale-scopes/first', 'stale-scopes/second'],
    ['shared-2', 'stale-scopes/example, stale-scopes/visiting'],
  ]);
});

test('a scenario that has a node run something takes its turn, so that nobody else is paired meanwhile', () => {
  const calling = (method: string) =>
    exampleWith('boundary:\n', `  - call: { as: agent, method: ${method} }\nboundary:\n`);
  expect(planned([load(EXAMPLE), load(calling('node.invoke'), 'invoking')], MENDED)).toEqual([
    ['in-turn-1', 'stale-scopes/invoking'],
    ['shared-2', 'stale-scopes/example'],
  ]);
  expect(planned([load(EXAMPLE), load(calling('node.list'), 'listing')], MENDED)).toEqual([
    ['shared-1', 'stale-scopes/example, stale-scopes/listing'],
  ]);
});

test('a scenario that puts files in the home comes last, and one that removes some takes its turn', () => {
  const put = '  - files: { in: gateway, put: { secrets.json: { token: "<new-secret>" } } }\n';
  const putting = exampleWith('boundary:\n', `${put}boundary:\n`);
  const removing = exampleWith('boundary:\n', '  - files: { in: gateway, remove: [identity] }\nboundary:\n');
  expect(planned([load(putting, 'putting'), load(EXAMPLE), load(removing, 'removing')], MENDED)).toEqual([
    ['shared-2', 'stale-scopes/example', 'stale-scopes/putting'],
    ['in-turn-1', 'stale-scopes/removing'],
  ]);
});

test('steps that are held together are planned for as if they stood alone', () => {
  const held = '  - together: [{ knock: { as: agent, from: published } }, { knock: { as: agent, from: loopback } }]\n';
  const [stage] = planStages([load(exampleWith('boundary:\n', `${held}boundary:\n`))], MENDED);
  expect(stage?.routes.map(({ from }) => from)).toContain('published');
});

test('a scenario that makes no sense on a release is not planned there', () => {
  const later = exampleWith(
    'clients:\n',
    'applies: { range: ">=2026.7.1", because: it has no such command }\nclients:\n',
  );
  expect(planned([load(later)], AFFECTED)).toEqual([]);
});

test('a stage opens the doors that its steps knock at', () => {
  const routes = planStages([load(EXAMPLE)], MENDED).flatMap((stage) => stage.routes);
  expect(new Set(routes.map(({ from, through }) => `${from} ${through}`))).toEqual(
    new Set(['loopback documented', 'lan documented']),
  );
});

test('two seeds play the scenarios of an act in two orders, and leave none out', () => {
  const all = Array.from({ length: 12 }, (_, index) => load(EXAMPLE, `example-${index}`));
  const played = (seed: number): string[] =>
    planned(shuffled(all, seed), MENDED).flatMap(([, act = '']) => act.split(', '));
  expect(played(1)).toEqual(played(1));
  expect(played(1)).not.toEqual(played(2));
  expect(played(1).toSorted()).toEqual(played(2).toSorted());
});
