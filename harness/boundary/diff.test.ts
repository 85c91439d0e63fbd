import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { weakeningsOf } from '../report/comparison.ts';
import type { CheckResult, Report } from '../report/report.ts';
import { ALL_HOLD, EVERY_VERDICT, sampleReport } from '../report/sample.fixture.ts';
import type { Observation } from '../scenario/observation.ts';
import { diffReports } from './diff.ts';

const BASE = sampleReport(ALL_HOLD);
const refused: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: null, text: '' },
  pairing: 'none',
};
const admitted: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'unchanged',
};

/** The report with its first checks replaced, each seen so from there. */
function seeing(...seen: [string | null, Observation | null][]): Report {
  const checks = BASE.checks.map((check, index): CheckResult => {
    const [vantage, observation] = seen[index] ?? [check.vantage, check.observation];
    return { ...check, vantage, observation };
  });
  return { ...BASE, checks };
}

function told(base: Report, head: Report): string[] {
  const diff = diffReports(base, head);
  return diff.changes
    .filter(({ change }) => change !== 'same')
    .map(
      ({ id, change, local }) =>
        `${change}${local ? ', local' : ''}: ${BASE.checks.findIndex((each) => each.id === id)}`,
    );
}

test('a gateway compared with itself is the same in every check that was seen', () => {
  const diff = diffReports(BASE, BASE);
  expect(diff.changes.every(({ change }) => change === 'same')).toBe(true);
  expect(diff.changes).toHaveLength(BASE.checks.filter(({ observation }) => observation !== null).length);
  expect(weakeningsOf(diff)).toEqual([]);
});

test('worst first, and clients from elsewhere before those on the same machine', () => {
  const base = seeing(
    ['loopback', refused],
    ['lan', refused],
    ['lan', admitted],
    ['loopback', admitted],
    [null, refused],
  );
  const head = seeing(
    ['loopback', admitted],
    ['lan', admitted],
    ['lan', refused],
    ['loopback', refused],
    [null, admitted],
  );
  expect(told(base, head).toSorted()).toEqual(
    ['weakened: 1', 'weakened: 4', 'weakened, local: 0', 'tightened: 2', 'tightened, local: 3'].toSorted(),
  );
  expect(told(base, head).map((line) => line.replace(/: .*/, ''))).toEqual([
    'weakened',
    'weakened',
    'weakened, local',
    'tightened',
    'tightened, local',
  ]);
  expect(weakeningsOf(diffReports(base, head))).toHaveLength(2);
});

test('what only one of them was asked is no comparison', () => {
  const [first] = BASE.checks;
  const without = seeing(['lan', null]);
  expect(diffReports(without, seeing(['lan', admitted])).onlyHead).toEqual([first?.id]);
  expect(diffReports(seeing(['lan', admitted]), without).onlyBase).toEqual([first?.id]);
});

test('reports of several gateways, or of another suite, are not compared', () => {
  expect(() => diffReports(sampleReport(EVERY_VERDICT), BASE)).toThrow(UsageError);
  const other = { ...BASE, run: { ...BASE.run, suite: { version: '0.0.1', commit: null } } };
  expect(() => diffReports(BASE, other)).toThrow(/the head report by suite 0\.0\.1 \(no commit\)/);
});
