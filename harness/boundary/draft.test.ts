import { expect, test } from 'vitest';
import { loadScenario } from '../scenario/load.ts';
import type { Observation } from '../scenario/observation.ts';
import type { Found } from './beyond.ts';
import { LOOKS, PLAIN } from './cell.ts';
import type { Cell } from './dimensions.ts';
import { draftOf } from './draft.ts';
import { INVARIANTS } from './invariants.ts';

const SILENT: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'approved-silently',
};
const look = { observation: SILENT, transcript: null, logLines: [], vantage: 'lan', durationMs: 1 };
const records = { knock: look, replay: look, again: look, elsewhere: look };
const seen = { knock: SILENT, replay: SILENT, again: SILENT, elsewhere: SILENT };

function foundIn(id: string, values: Partial<Cell>, name: (typeof LOOKS)[number], free = {}): Found {
  const invariant = INVARIANTS.find((each) => each.id === id);
  if (invariant === undefined) throw new Error(`no sentence ${id}`);
  const cell = { ...PLAIN, ...values };
  return {
    probe: { cell, free },
    invariant,
    breach: { cell, look: name, sighting: { first: { kind: 'seen', cell, seen, records }, second: null } },
    search: { seed: 1, path: '3:1', runs: 60 },
    shrinks: 4,
  };
}

test('what a search found is written as a scenario that loads', () => {
  const found = foundIn('strangers-wait', { prior: 'rejected' }, 'again', { 'X-Forwarded-For': '127.0.0.1' });
  const draft = draftOf(found, '2026.9.6');
  if (draft === null) throw new Error('nothing was written');
  const { scenario, checks } = loadScenario(draft.text, `scenarios/${draft.id}.yaml`);
  expect(scenario.affected).toBe('=2026.9.6');
  expect(checks.map(({ name }) => name)).toEqual(['what-breaks-it', 'stranger-waits', 'stranger-is-in']);
  // What leads there: asked, rejected, the knock, its replay, and the knock again that broke it.
  expect(scenario.steps).toHaveLength(5);
  expect(scenario.steps.at(-1)).toMatchObject({
    knock: { as: 'device', from: 'lan', headers: { 'X-Forwarded-For': '127.0.0.1' } },
    expect: { refused: { code: 1008, cause: 'pairing-required' } },
    symptom: { admitted: { role: 'operator', scopes: ['operator.read'] }, pairing: 'approved-silently' },
  });
});

test('every sentence that an admission breaks can be written so, for each look', () => {
  for (const { id, instead } of INVARIANTS) {
    for (const name of LOOKS) {
      const draft = draftOf(foundIn(id, {}, name), '2026.4.1');
      expect(draft === null).toBe(instead === null);
      if (draft !== null) loadScenario(draft.text, `scenarios/${draft.id}.yaml`);
    }
  }
});
