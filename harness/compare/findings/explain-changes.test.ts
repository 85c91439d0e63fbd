import { expect, test } from 'vitest';
import { HARMS } from '../../results/finding.ts';
import type { Report } from '../../results/report.ts';
import { diffReports } from '../diff.ts';
import { explainChanges } from './explain-changes.ts';
import { isHere, isHereWithout, pairing, played } from './played-table.fixture.ts';

const HEADERS = ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X-Forwarded-Proto', 'X-Forwarded-Host'];
const STRICT = played(pairing(isHereWithout(...HEADERS)), '2026.4.1');
const findingsOf = (base: Report, head: Report) =>
  explainChanges(diffReports(base, head), { base, head, scenarios: [], published: [] });

test('a header that no longer counts is one finding, with harm, example and broken properties', () => {
  const head = played(pairing(isHereWithout(...HEADERS.filter((name) => name !== 'Forwarded'))), '2026.9.6');
  const [finding, ...others] = findingsOf(STRICT, head);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    id: 'table/loopback+forwarded-loopback/knock',
    harm: 'remote-admission',
    local: false,
    before: [{ answer: 'refused: pairing-required (not-paired), a request waits' }],
    after: [{ answer: 'admitted, approved without asking' }],
    condition: [
      [
        { dimension: 'route', is: 'in', values: ['loopback', 'silent-proxy'] },
        { dimension: 'forwarded', is: 'in', values: ['forwarded-loopback', 'forwarded-loopback-6'] },
      ],
    ],
    exceptions: [],
  });
  expect(finding?.broken[0]).toMatchObject({ id: 'nothing-is-replayed' });
});

test('findings are in the order of their harm, and each has an id of its own', () => {
  const head = played(
    pairing((cell) => cell.route === 'lan' || (isHere(cell) && cell.kind !== 'backend')),
    '2026.9.6',
  );
  const findings = findingsOf(STRICT, head);
  const ranks = findings.map(({ harm }) => HARMS.indexOf(harm));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(new Set(findings.map(({ harm }) => harm)).size).toBeGreaterThan(1);
  expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
});

test('no gateway is explained by more than a few findings, whatever it answers', () => {
  const findings = findingsOf(
    STRICT,
    played(
      pairing(({ route, forwarded }) => route === 'lan' || forwarded === 'xff-port'),
      '2026.9.6',
    ),
  );
  expect(findings.length).toBeLessThanOrEqual(15);
});
