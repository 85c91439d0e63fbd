import { expect, test } from 'vitest';
import { shuffled } from '../order.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { planStages } from './plan-stages.ts';

const AFFECTED = '2026.4.1';
const FIXED = '2026.9.6';
const load = (text: string, name = 'example') =>
  loadScenario(text.replace('stale-scopes/example', `stale-scopes/${name}`), EXAMPLE_FILE.replace('example', name));
const planned = (...args: Parameters<typeof planStages>): string[][] =>
  planStages(...args).map(({ id, batches }) => [
    id,
    ...batches.map((batch) =>
      batch
        .map(({ loaded, workaround }) => `${loaded.scenario.id}${workaround === null ? '' : ` + ${workaround.name}`}`)
        .join(', '),
    ),
  ]);

test('scenarios with the same gateway block, and their workarounds, are one batch of one stage', () => {
  expect(planned([load(EXAMPLE), load(EXAMPLE, 'other')], AFFECTED)).toEqual([
    [
      'shared-1',
      'stale-scopes/example, stale-scopes/example + approve, stale-scopes/other, stale-scopes/other + approve',
    ],
  ]);
});

test('a workaround is planned on the affected releases', () => {
  expect(planned([load(EXAMPLE)], FIXED)).toEqual([['shared-1', 'stale-scopes/example']]);
});

test('a workaround with releases of its own is planned on those instead', () => {
  const named = exampleWith('outcome: helps', `outcome: helps\n    releases: ">=${FIXED}"`);
  expect(planned([load(named)], FIXED)).toEqual([['shared-1', 'stale-scopes/example, stale-scopes/example + approve']]);
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
const TRUSTING_NONE = '{ gateway: { trustedProxies: null } }';

test('one scenario that changes the gateway ends a stage; a second one, or an upgrade, has its own', () => {
  const configuring = exampleWith('boundary:\n', `  - configure: { set: ${TRUSTING} }\nboundary:\n`);
  const scenarios = ['one', 'two', 'three'].map((name) => load(configuring, name));
  expect(
    planned([load(EXAMPLE), load(commanding, 'commanding'), ...scenarios, load(upgrading, 'upgrading')], FIXED),
  ).toEqual([
    ['stale-scopes.upgrading', 'stale-scopes/upgrading'],
    ['in-turn-1', 'stale-scopes/commanding', 'stale-scopes/two'],
    ['shared-2', 'stale-scopes/example', 'stale-scopes/one'],
    ['stale-scopes.three', 'stale-scopes/three'],
  ]);
});

test('a scenario that restarts the gateway is a later batch, and one that kills it is the last', () => {
  const killing = exampleWith('boundary:\n', '  - restart: { kill: true }\nboundary:\n');
  expect(
    planned([load(killing, 'killing'), load(restarting, 'restarting'), load(commanding, 'commanding')], FIXED),
  ).toEqual([['in-turn-1', 'stale-scopes/commanding', 'stale-scopes/restarting', 'stale-scopes/killing']]);
});

test('a new container on the same home is a batch of its own, and one on an empty home is the last', () => {
  const recreating = (home: string): string =>
    exampleWith('boundary:\n', `  - recreate: { home: ${home} }\nboundary:\n`);
  const all = [load(recreating('fresh'), 'emptied'), load(recreating('kept'), 'kept'), load(commanding, 'commanding')];
  expect(planned(all, FIXED)).toEqual([
    ['in-turn-1', 'stale-scopes/commanding', 'stale-scopes/kept', 'stale-scopes/emptied'],
  ]);
});

test('a config that is taken back is a batch of its own, and one that is not is the last', () => {
  const configuring = (...patches: string[]): string => {
    const steps = patches.map((set) => `  - configure: { set: ${set} }\n`).join('');
    return exampleWith('boundary:\n', `${steps}boundary:\n`);
  };
  const all = [
    load(configuring(TRUSTING), 'changed'),
    load(configuring(TRUSTING, TRUSTING_NONE), 'as-before'),
    load(restarting, 'restarting'),
  ];
  expect(planned(all, FIXED)).toEqual([
    ['in-turn-1', 'stale-scopes/restarting', 'stale-scopes/as-before', 'stale-scopes/changed'],
  ]);
});

test('batches are divided over as many stages as keep each chain short, with restarts at the end of each', () => {
  const busy = exampleWith(
    'boundary:\n',
    `${'  - cli: { run: [devices, list], in: gateway }\n'.repeat(24)}boundary:\n`,
  );
  const all = [load(restarting, 'restarting'), load(busy, 'one'), load(busy, 'two'), load(commanding, 'commanding')];
  expect(planned(all, FIXED)).toEqual([
    ['in-turn-1', 'stale-scopes/one', 'stale-scopes/restarting'],
    ['in-turn-2', 'stale-scopes/two', 'stale-scopes/commanding'],
  ]);
});

test('scenarios that use the home of the gateway are batches of a stage of their own', () => {
  const all = [load(EXAMPLE), load(commanding, 'first'), load(commanding, 'second'), load(visiting, 'visiting')];
  expect(planned(all, FIXED)).toEqual([
    ['in-turn-1', 'stale-scopes/first', 'stale-scopes/second'],
    ['shared-2', 'stale-scopes/example, stale-scopes/visiting'],
  ]);
});

test('a scenario with node.invoke is a batch of its own: no other device is paired meanwhile', () => {
  const calling = (method: string) =>
    exampleWith('boundary:\n', `  - call: { as: agent, method: ${method} }\nboundary:\n`);
  expect(planned([load(EXAMPLE), load(calling('node.invoke'), 'invoking')], FIXED)).toEqual([
    ['in-turn-1', 'stale-scopes/invoking'],
    ['shared-2', 'stale-scopes/example'],
  ]);
  expect(planned([load(EXAMPLE), load(calling('node.list'), 'listing')], FIXED)).toEqual([
    ['shared-1', 'stale-scopes/example, stale-scopes/listing'],
  ]);
});

test('a scenario that puts files in the home is the last batch; one that removes files is its own', () => {
  const put = '  - files: { in: gateway, put: { secrets.json: { token: "<new-secret>" } } }\n';
  const putting = exampleWith('boundary:\n', `${put}boundary:\n`);
  const removing = exampleWith('boundary:\n', '  - files: { in: gateway, remove: [identity] }\nboundary:\n');
  expect(planned([load(putting, 'putting'), load(EXAMPLE), load(removing, 'removing')], FIXED)).toEqual([
    ['shared-2', 'stale-scopes/example', 'stale-scopes/putting'],
    ['in-turn-1', 'stale-scopes/removing'],
  ]);
});

test('the routes of a stage include those of the steps in a together', () => {
  const held = '  - together: [{ knock: { as: agent, from: published } }, { knock: { as: agent, from: loopback } }]\n';
  const [stage] = planStages([load(exampleWith('boundary:\n', `${held}boundary:\n`))], FIXED);
  expect(stage?.routes.map(({ from }) => from)).toContain('published');
});

test('a scenario is not planned on a release outside of its applies', () => {
  const later = exampleWith(
    'clients:\n',
    'applies: { releases: ">=2026.7.1", because: it has no such command }\nclients:\n',
  );
  expect(planned([load(later)], AFFECTED)).toEqual([]);
});

test('a stage has the routes of its steps', () => {
  const routes = planStages([load(EXAMPLE)], FIXED).flatMap((stage) => stage.routes);
  expect(new Set(routes.map(({ from, through }) => `${from} ${through}`))).toEqual(
    new Set(['loopback documented', 'lan documented']),
  );
});

test('two seeds play the scenarios of a batch in two orders, and leave none out', () => {
  const all = Array.from({ length: 12 }, (_, index) => load(EXAMPLE, `example-${index}`));
  const played = (seed: number): string[] =>
    planned(shuffled(all, seed), FIXED).flatMap(([, batch = '']) => batch.split(', '));
  expect(played(1)).toEqual(played(1));
  expect(played(1)).not.toEqual(played(2));
  expect(played(1).toSorted()).toEqual(played(2).toSorted());
});

/** The example with this gateway block. */
const gatewayOf = (block: string, name: string) =>
  load(exampleWith('clients:\n', `gateway: ${block}\nclients:\n`), name);

test('stages that differ in settings which the gateway applies to itself share a boot', () => {
  const all = [
    gatewayOf('{ config: { gateway: { auth: { rateLimit: { maxAttempts: 2 } } } } }', 'limiting'),
    gatewayOf('{ config: { gateway: { trustedProxies: ["127.0.0.1"] } } }', 'trusting'),
    gatewayOf('{ config: { gateway: { controlUi: { allowedOrigins: ["https://a.example"] } } } }', 'listing'),
    gatewayOf('{ auth: password, config: { gateway: { trustedProxies: ["127.0.0.1"] } } }', 'password'),
    gatewayOf('{ config: { gateway: { controlUi: { dangerouslyDisableDeviceAuth: true } } } }', 'without-devices'),
  ];
  // A gateway that has counted attempts of this machine comes last.
  expect(planned(all, FIXED)).toEqual([
    ['shared-2', 'stale-scopes/trusting', 'stale-scopes/listing', 'stale-scopes/limiting'],
    ['shared-4', 'stale-scopes/password'],
    ['shared-5', 'stale-scopes/without-devices'],
  ]);
  // 2026.4.1 restarts for each of these settings.
  expect(planned(all, AFFECTED).map(([, ...batches]) => batches.length)).toEqual([1, 1, 1, 1, 1]);
});
