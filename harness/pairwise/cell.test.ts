import { expect, test } from 'vitest';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import { stepSchema, writtenStep } from '../scenario/schema/step.ts';
import {
  cellId,
  cellScenarioOf,
  DIMENSION_NAMES,
  faultsIn,
  isPossible,
  PLAIN,
  reportedValues,
  shortIdOf,
  valuesOf,
} from './cell.ts';
import { cellsOf } from './covering-array.ts';
import type { Cell } from './dimensions.ts';

test('no two dimensions share the name of a value, so that each id is of one cell', () => {
  const values = DIMENSION_NAMES.flatMap((name): string[] => valuesOf(name));
  expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
  expect(cellId(PLAIN)).toBe('plain');
  expect(cellId({ ...PLAIN, prior: 'revoked', route: 'loopback' })).toBe('loopback+revoked');
  for (const name of DIMENSION_NAMES) expect(PLAIN[name]).toBe(valuesOf(name)[0]);
});

test('the table has no impossible cell', () => {
  expect(isPossible({ credential: 'device-token', prior: 'unknown' })).toBe(false);
  expect(isPossible({ credential: 'device-token', prior: 'revoked' })).toBe(true);
  expect(isPossible({ proof: 'no-device', prior: 'paired-read' })).toBe(false);
  expect(isPossible({ metadata: 'other-platform', prior: 'unknown' })).toBe(false);
  expect(isPossible({ metadata: 'other-platform' })).toBe(true);
});

test('a page needs an Origin, and other clients may send one', () => {
  expect(isPossible({ kind: 'control-ui', origin: 'no-origin' })).toBe(false);
  expect(isPossible({ kind: 'webchat', origin: 'no-origin' })).toBe(false);
  expect(isPossible({ kind: 'webchat', origin: 'origin-null' })).toBe(true);
  expect(isPossible({ kind: 'cli', origin: 'origin-null' })).toBe(true);
});

test('a client without a device has no token and no prior, and an unknown device has no changed metadata', () => {
  expect(isPossible({ proof: 'no-device', credential: 'device-token' })).toBe(false);
  expect(isPossible({ proof: 'no-device', credential: 'secret', prior: 'unknown' })).toBe(true);
  expect(isPossible({ proof: 'no-device' })).toBe(true);
  expect(isPossible({ metadata: 'same-machine', prior: 'unknown' })).toBe(true);
  expect(isPossible({ metadata: 'other-family', prior: 'paired-read' })).toBe(true);
  expect(isPossible({ metadata: 'other-family', prior: 'removed' })).toBe(false);
  expect(isPossible({ kind: 'node-host', metadata: 'other-family' })).toBe(false);
  expect(isPossible({ kind: 'node-host', metadata: 'same-machine' })).toBe(true);
  expect(isPossible({ kind: 'node-host' })).toBe(true);
});

test('every cell of the table is made of steps that a scenario may have', () => {
  for (const cell of cellsOf('quick'))
    for (const step of cellScenarioOf(cell).scenario.steps)
      expect(stepSchema.safeParse(writtenStep(step)).error).toBeUndefined();
});

test('a cell is played as its prior steps, four probes, and two steps that restore the pairing list', () => {
  const played = (prior: typeof PLAIN.prior) => {
    const { scenario, before } = cellScenarioOf({
      ...PLAIN,
      prior,
      credential: prior === 'removed' ? 'device-token' : 'secret',
    });
    return { before, kinds: scenario.steps.map(({ kind }) => kind).join(' ') };
  };
  const PROBES = 'knock knock knock knock reject remove';
  expect(played('unknown')).toEqual({ before: 0, kinds: PROBES });
  expect(played('pending')).toEqual({ before: 1, kinds: `knock ${PROBES}` });
  expect(played('paired-all')).toEqual({ before: 2, kinds: `knock approve ${PROBES}` });
  expect(played('removed')).toEqual({ before: 4, kinds: `knock approve knock remove ${PROBES}` });
});

test('a cell as a scenario: the prior steps, the probes, and last the probe from another machine', () => {
  const cell: Cell = {
    ...PLAIN,
    route: 'proxy',
    forwarded: 'xff-loopback',
    kind: 'control-ui',
    origin: 'origin-null',
    asks: 'asks-write',
    credential: 'device-token',
    prior: 'revoked',
  };
  const headers = { Origin: 'http://localhost:18789' };
  const asked = {
    as: 'device',
    from: 'lan',
    headers,
    claims: { kind: 'control-ui', role: 'operator', scopes: ['operator.read'] },
  };
  const knock = {
    as: 'device',
    from: 'proxy',
    through: 'documented',
    headers: { 'X-Forwarded-For': '127.0.0.1', Origin: 'null', 'X-Made-Up': '1' },
    claims: {
      kind: 'control-ui',
      credential: 'device-token',
      role: 'operator',
      scopes: ['operator.read', 'operator.write'],
    },
  };
  const elsewhere = {
    as: 'device',
    from: 'lan',
    headers,
    claims: { kind: 'control-ui', role: 'operator', scopes: ['operator.read', 'operator.write'] },
  };
  expect(cellScenarioOf(cell, { 'X-Made-Up': '1' })).toEqual({
    before: 4,
    scenario: {
      id: `table/${shortIdOf(cell)}`,
      title: cellId(cell),
      why: cellId(cell),
      class: 'identity',
      level: 'must',
      blocker: true,
      reported: [],
      affected: 'none',
      tags: [],
      gateway: PATIENT_GATEWAY,
      clients: { device: {}, owner: {} },
      steps: [
        { kind: 'knock', name: 'asked-before', body: asked },
        { kind: 'approve', body: { of: 'device', request: 'current' } },
        { kind: 'knock', name: 'was-let-in', body: asked },
        { kind: 'revoke', body: { of: 'device', role: 'operator' } },
        { kind: 'knock', name: 'knock', body: knock },
        { kind: 'knock', name: 'replay', body: { ...knock, replay: true } },
        { kind: 'knock', name: 'again', body: knock },
        { kind: 'knock', name: 'elsewhere', body: elsewhere },
        { kind: 'reject', body: { of: 'device' } },
        { kind: 'remove', body: { of: 'device' } },
      ],
      boundary: [],
      workarounds: [],
    },
  });
  expect(shortIdOf(PLAIN)).toMatch(/^[0-9a-f]{8}$/);
});

test('a stolen device id is that of an owner, which is paired before and removed afterwards', () => {
  const { steps } = cellScenarioOf({ ...PLAIN, prior: 'other-key' }).scenario;
  const asked = { role: 'operator', scopes: ['operator.read'] };
  expect(steps[0]).toEqual({ kind: 'knock', name: 'asked-before', body: { as: 'owner', from: 'lan', claims: asked } });
  expect(steps.find((step) => step.name === 'knock')).toEqual({
    kind: 'knock',
    name: 'knock',
    body: { as: 'device', from: 'lan', claims: { kind: 'cli', deviceOf: 'owner', credential: 'token', ...asked } },
  });
  expect(steps.slice(-2)).toEqual([
    { kind: 'reject', body: { of: 'owner' } },
    { kind: 'remove', body: { of: 'owner' } },
  ]);
});

test('the probe `elsewhere` has another vantage than the knock, and a rejected request no longer waits', () => {
  const routes = (route: Cell['route']) =>
    cellScenarioOf({ ...PLAIN, route, prior: 'rejected' }).scenario.steps.flatMap((step) =>
      step.kind === 'knock' ? [step.body.from] : [],
    );
  expect(routes('lan')).toEqual(['lan', 'lan', 'lan', 'lan', 'published']);
  expect(routes('loopback')).toEqual(['lan', 'loopback', 'loopback', 'loopback', 'lan']);
  expect(cellScenarioOf({ ...PLAIN, prior: 'rejected' }).scenario.steps[1]).toEqual({
    kind: 'reject',
    body: { of: 'device' },
  });
});

test('a fault is a value for which every gateway refuses the knock', () => {
  expect(faultsIn(PLAIN)).toEqual([]);
  expect(faultsIn({})).toEqual([]);
  expect(faultsIn({ credential: 'device-token', proof: 'no-device', origin: 'origin-of-the-gateway' })).toEqual([]);
  expect(
    faultsIn({ credential: 'no-secret', proof: 'signature-forged', origin: 'origin-null', prior: 'other-key' }),
  ).toEqual(['credential', 'proof', 'origin', 'prior']);
});

test('report.json has the value of every dimension, and calls the route `door`', () => {
  const { route, ...others } = PLAIN;
  expect(reportedValues({ ...PLAIN, route: 'proxy' })).toEqual({ ...others, door: 'proxy' });
  expect(route).toBe('lan');
});
