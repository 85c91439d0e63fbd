import { globSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { linesOf } from './clean-text.ts';
import { draftScenario } from './draft-scenario.ts';
import { readLines } from './read.ts';
import { readReport } from './read-report.ts';

function draftOf(text: string): string {
  const { facts, release } = readLines(linesOf(text));
  return draftScenario(facts, release, { class: 'identity' });
}

test('a draft has what the report shows, and says what is missing', () => {
  const report = [
    'OpenClaw 2026.5.3, docker compose, nginx in front.',
    '[gateway] security audit: device access upgrade requested reason=scope-upgrade device=ab12 ip=10.0.0.9 auth=token roleFrom=operator roleTo=operator scopesFrom=operator.read scopesTo=operator.write client=cli conn=1',
    'gateway connect failed: GatewayClientRequestError: pairing required',
    'closed (1008): pairing required',
  ].join('\n');
  expect(
    draftOf(report),
  ).toBe(`# A draft of a scenario, made of a pasted report. It loads; \`npx postern lint <file>\` says so after each change.
# Read: release 2026.5.3 (line 1), close-code 1008 (line 4), reason scope-upgrade (line 2), deployment compose (line 1), proxy nginx (line 1), auth-mode token (line 2).
# Missing, for a person to add:
# - affected: the first and the last release with the failure; \`npx postern bisect\` finds an end.
# - from: proxy is assumed; CONTRIBUTING.md has the other vantages, and the headers that a proxy adds.
# - reported: the number of the report.
# - title and why: what users see, and why it matters.
# - boundary: what a fix of this failure could open to remote clients.

id: identity/draft
class: identity
title: A failure that no scenario plays yet
why: This is a draft made of a pasted report.
reported: [ openclaw/openclaw#0 ]
affected: ">=2026.5.3 <2026.5.3-1"
clients:
  reporter:
    kind: cli
    scopes: [ operator.read ]
  stranger:
    kind: cli
    scopes: [ operator.read ]
steps:
  - pair: { as: reporter, from: proxy }
  - knock: { as: reporter, from: proxy, claims: { scopes: [ operator.write ] } }
    name: as-reported
    expect: { admitted: { scopes: [ operator.write ] } }
    symptom: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade } }
boundary:
  - pair: { as: stranger, from: lan }
`);
});

test('the draft of a refused app is a page that sends the origin of the app', () => {
  const draft = draftOf(
    'closed before connect origin=tauri://localhost code=1008 reason=origin not allowed, on 2026.4.1',
  );
  expect(draft).toContain('\n  reporter:\n    kind: control-ui\n');
  expect(draft).toContain('- knock: { as: reporter, from: loopback, headers: { Origin: tauri://localhost } }');
  expect(draft).toContain('symptom: { refused: { code: 1008, cause: origin } }');
});

test('a report that shows nothing gives a draft without a symptom, and says so', () => {
  const draft = draftOf('It does not work any more.');
  expect(draft).toContain('# Read: nothing that a scenario can be told.\n');
  expect(draft).toContain(
    '# - symptom: what the client got; no close code, status or message of a refusal was read.\n',
  );
  expect(draft).toContain('\naffected: none\n');
});

test('the draft of every text of the corpus loads', () => {
  const texts = globSync('*.txt', { cwd: path.join(import.meta.dirname, 'corpus') });
  expect(texts.length).toBeGreaterThan(150);
  const unreadable = texts.filter((name) => {
    const { facts, release } = readLines(readReport(path.join(import.meta.dirname, 'corpus', name)));
    const draft = draftScenario(facts, release, { class: 'identity' });
    return loadScenario(draft, 'scenarios/identity/draft.yaml').scenario.id !== 'identity/draft';
  });
  expect(unreadable).toEqual([]);
});
