import { expect, test } from 'vitest';
import { comparisonWith } from '../../results/comparison.fixture.ts';
import type { ComparedObservation, ObservationChange } from '../../results/comparison.ts';
import type { Observation } from '../../scenario/schema/observation.ts';
import { comparisonHtml } from './html-diff.ts';

const OUT: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'pairing-required', reason: null, text: '' },
  pairing: 'pending',
};
const observed = (seen: string): ComparedObservation => ({
  id: 'x',
  vantage: 'lan',
  transcript: {
    url: 'ws://127.0.0.1:1/',
    headers: {},
    startedAt: '2026-11-21T09:30:00.000Z',
    entries: [{ at: 1, kind: 'received', text: '<img src=x onerror=alert(1)>' }],
  },
  seen,
  repeat: 'npx postern replay loopback',
  observation: OUT,
  local: false,
  expected: null,
  source: null,
  cell: null,
});
const change = (id: string, rest: Partial<ObservationChange>): ObservationChange => ({
  id,
  base: observed('has to <b>wait</b>'),
  head: observed('is in'),
  change: 'weakened',
  local: false,
  accepted: null,
  ...rest,
});
const DECISION = { reason: 'It was decided.', link: 'openclaw/openclaw#1', owner: 'somebody', expires: '2027-06-30' };

const COMPARISON = comparisonWith({
  changes: [
    change('table/plain/knock', {}),
    change('table/control-ui/knock', { accepted: DECISION }),
    change('table/loopback/knock', { local: true }),
    change('table/loopback/again', { local: true }),
    change('table/pending/knock', { change: 'same' }),
  ],
  doubtful: ['xff-port'],
  stale: ['the list is old'],
});

test('weakenings come first, with both transcripts, and an accepted one with its decision', () => {
  const page = comparisonHtml(COMPARISON);
  const titles = [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title);
  expect(titles).toEqual([
    'Remote clients get more access: 1',
    'Local clients get more access: 2',
    'Remote clients get more access, accepted: 1',
  ]);
  expect(page.match(/<ol class="frames">/g)).toHaveLength(2);
  expect(page).toContain('<th scope="row">table/loopback/knock (lan)<br>table/loopback/again (lan)</th><td>2</td>');
  expect(page).toContain('It was decided. (openclaw/openclaw#1, somebody, until 2027-06-30)');
  expect(page).toContain('The list is old.');
  expect(page).toContain('1 check and probes of cells are the same.');
  expect(page).toContain('1 cell gave two different observations: xff-port.');
});

test('text of a gateway is escaped, and the page runs no script and loads nothing', () => {
  const page = comparisonHtml(COMPARISON);
  expect(page).not.toContain('<img');
  expect(page).not.toContain('<b>wait');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(page).toMatch(/Content-Security-Policy" content="default-src (?:&#39;|')none/);
  expect(page).not.toContain('<script');
});
