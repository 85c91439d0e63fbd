import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadScenario } from '../scenario/catalogue/load.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { PLAIN, PROBES, shortIdOf } from './cell.ts';
import type { Cell } from './dimensions.ts';
import type { Violation } from './fuzz.ts';
import { TABLE_PROPERTIES } from './properties.ts';
import { draftOf } from './scenario-draft.ts';

const SILENT: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'approved-silently',
};

function foundIn(
  id: string,
  values: Partial<Cell>,
  name: (typeof PROBES)[number],
  free = {},
  observation: Observation = SILENT,
): Violation {
  const look = { observation, transcript: null, logLines: [], pairingList: null, vantage: 'lan', durationMs: 1 };
  const property = TABLE_PROPERTIES.find((each) => each.id === id);
  if (property === undefined) throw new Error(`no property ${id}`);
  const cell = { ...PLAIN, ...values };
  return {
    probe: { cell, free },
    property,
    breach: { cell, probe: name, record: look, doubtful: false },
    search: { seed: 1, path: '3:1', runs: 60 },
    shrinks: 4,
  };
}

test('a violation that fuzzing found is written as a scenario that loads', () => {
  const found = foundIn('strangers-wait', { prior: 'rejected' }, 'again', { 'X-Forwarded-For': '127.0.0.1' });
  const draft = draftOf(found, '2026.9.6');
  if (draft === null) throw new Error('nothing was written');
  const { scenario, checks } = loadScenario(draft.text, `scenarios/${draft.id}.yaml`);
  expect(scenario.affected).toBe('=2026.9.6');
  expect(checks.map(({ name }) => name)).toEqual(['what-breaks-it', 'stranger-waits', 'stranger-is-in']);
  // The steps: the request, its rejection, the knock, its replay, and the same knock again, which violates the property.
  expect(scenario.steps).toHaveLength(5);
  expect(scenario.steps.at(-1)).toMatchObject({
    kind: 'knock',
    body: { as: 'device', from: 'lan', headers: { 'X-Forwarded-For': '127.0.0.1' } },
    expect: { refused: { code: 1008, cause: 'pairing-required' } },
    symptom: { admitted: { role: 'operator', scopes: ['operator.read'] }, pairing: 'approved-silently' },
  });
});

test('a draft begins with a warning, and names its source', () => {
  const draft = draftOf(foundIn('strangers-wait', {}, 'knock'), '2026.9.6');
  expect(draft).toEqual({
    id: `identity/found-${shortIdOf(PLAIN)}`,
    text: `# yaml-language-server: $schema=../scenario.schema.json
# A draft, made from a knock that violates a property. Read SECURITY.md before you show it to another person: the violation may be
# unpublished. Put the report, or the advisory, under "reported" before you commit it.
id: identity/found-${shortIdOf(PLAIN)}
title: The gateway pairs a remote device only after an operator has approved it.
why: 'Found by fuzzing, and shrunk to a minimal knock. The property is taken from: "Device pairing remains manual by default."
  (docs/channels/pairing.md, 2026.9.6); "Direct Tailnet binds and LAN browser connects still require explicit approval."
  (docs/web/control-ui/connect-and-pair.md, 2026.9.6)'
class: identity
level: must
blocker: true
reported:
  - openclaw/openclaw#0
affected: =2026.9.6
clients:
  device: {}
  owner: {}
  stranger:
    kind: cli
    scopes:
      - operator.read
steps:
  - knock:
      as: device
      from: lan
      claims:
        kind: cli
        credential: token
        role: operator
        scopes:
          - operator.read
    name: what-breaks-it
    because: The gateway pairs a remote device only after an operator has approved it.
    control: stranger-is-in
    expect:
      refused:
        at: handshake
        code: 1008
        cause: pairing-required
    symptom:
      admitted:
        role: operator
        scopes:
          - operator.read
      pairing: approved-silently
boundary:
  - knock:
      as: stranger
      from: lan
    name: stranger-waits
    expect:
      refused:
        at: handshake
        code: 1008
        cause: pairing-required
      pairing: pending
  - approve:
      of: stranger
      request: current
  - knock:
      as: stranger
      from: lan
    name: stranger-is-in
    expect:
      admitted:
        scopes:
          - operator.read
      pairing: unchanged
`,
  });
});

test.each<[string, Observation, object]>([
  [
    'a refusal that left something',
    {
      outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: null, text: '' },
      pairing: 'pending',
    },
    { refused: { at: 'handshake', code: 1008, cause: 'credentials' }, pairing: 'pending' },
  ],
  [
    'a refusal that nobody can read',
    {
      outcome: { kind: 'refused', at: 'handshake', code: 1005, cause: 'unstated', reason: null, text: '' },
      pairing: 'removed',
    },
    { pairing: 'removed' },
  ],
  [
    'an admission of which nobody read the list',
    { outcome: { kind: 'admitted', role: 'node', scopes: [], protocol: 4, deviceToken: false } },
    { admitted: { role: 'node', scopes: [] } },
  ],
  ['a list that changed without an outcome', { pairing: 'removed' }, { pairing: 'removed' }],
])('the symptom of %s', (_what, observation, symptom) => {
  const draft = draftOf(foundIn('strangers-wait', {}, 'knock', {}, observation), '2026.9.6');
  expect(draft?.text).toContain(
    `    symptom:\n${stringify(symptom, { lineWidth: 140 }).replace(/^/gm, '      ').trimEnd()}`,
  );
});

test('every property that an admission violates can be drafted, for each probe', () => {
  for (const { id, instead } of TABLE_PROPERTIES) {
    for (const name of PROBES) {
      const draft = draftOf(foundIn(id, {}, name), '2026.4.1');
      expect(draft === null).toBe(instead === null);
      if (draft !== null) loadScenario(draft.text, `scenarios/${draft.id}.yaml`);
    }
  }
});
