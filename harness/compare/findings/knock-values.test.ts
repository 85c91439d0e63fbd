import { expect, test } from 'vitest';
import { cellScenarioOf, PLAIN } from '../../pairwise/cell.ts';
import { cellsOf } from '../../pairwise/covering-array.ts';
import { valuesBehindProxy, valuesOfKnock } from './knock-values.ts';

test('the knock of each cell has the values of the cell, in the dimensions that a knock says', () => {
  const wrong = cellsOf('quick').flatMap((cell) => {
    const { scenario, before } = cellScenarioOf(cell);
    const step = scenario.steps[before];
    if (step === undefined) throw new Error('a cell has a knock');
    const { route, forwarded, host, origin, kind, credential, proof } = cell;
    // Knocks of another build of the page are like no kind of client in a scenario.
    const said = { route, forwarded, host, origin, credential, proof, ...(kind.includes('another') ? {} : { kind }) };
    // A device whose key is not its own, and a backend of another kind, are told by other dimensions.
    return JSON.stringify(sorted(valuesOfKnock(step, scenario))) === JSON.stringify(sorted(said)) ? [] : [cell];
  });
  expect(wrong).toEqual([]);
});

const sorted = (row: Readonly<Record<string, string>>): unknown => Object.entries(row).toSorted();

test('a value that the table does not have is left out, and a step without a knock says nothing', () => {
  const { scenario } = cellScenarioOf(PLAIN);
  const odd = valuesOfKnock(
    {
      kind: 'knock',
      body: { as: 'device', from: 'proxy', through: 'x-forwarded-host', headers: { Forwarded: 'for=1' } },
    },
    scenario,
  );
  expect(odd).toEqual({
    host: 'own-host',
    origin: 'no-origin',
    kind: 'cli',
    credential: 'secret',
    proof: 'signed',
  });
  expect(valuesOfKnock({ kind: 'reject', body: { of: 'device' } }, scenario)).toEqual({});
});

test('a client behind a proxy on the gateway’s machine is to the gateway like one there with its header', () => {
  const { scenario } = cellScenarioOf(PLAIN);
  const behind = (through: 'forwarded' | 'documented', headers: Readonly<Record<string, string>>) =>
    valuesBehindProxy({ kind: 'knock', body: { as: 'device', from: 'proxy', through, headers } }, scenario);
  expect(behind('forwarded', { Host: '127.0.0.1:18789' })).toMatchObject({
    route: 'loopback',
    forwarded: 'forwarded-loopback',
    host: 'own-host',
  });
  expect(behind('forwarded', { 'X-Forwarded-For': '127.0.0.1' })).toBeNull();
  expect(behind('documented', {})).toBeNull();
});
