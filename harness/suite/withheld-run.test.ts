import { expect, test } from 'vitest';
import { cellId, PLAIN, PROBES, reportedValues } from '../pairwise/cell.ts';
import { tableCheck } from '../pairwise/properties.ts';
import type { Report, TableCell } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { withheldFromRun } from './withheld-run.ts';

const SAMPLE = sampleReport(ALL_HOLD);
const [CHECK] = SAMPLE.checks;
const [SUBJECT] = SAMPLE.subjects;
if (CHECK === undefined || SUBJECT === undefined) throw new Error('the sample has checks and a gateway');
const gateway = SUBJECT.reference;
const IS_IN: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'approved-silently',
};
const cellOf = (prior: 'unknown' | 'paired-read'): TableCell => ({
  gateway,
  id: cellId({ ...PLAIN, prior }),
  values: reportedValues({ ...PLAIN, prior }),
  flaky: false,
  unreached: null,
  repeat: '',
  looks: PROBES.map((look) => ({
    look,
    vantage: 'lan',
    observation: prior === 'unknown' ? IS_IN : { ...IS_IN, pairing: 'unchanged' as const },
    transcript: null,
    logLines: [],
    pairingList: null,
  })),
});
const withVerdict = (verdict: 'fail' | 'known-deviation'): Report => ({
  ...SAMPLE,
  checks: [{ ...CHECK, id: tableCheck('strangers-wait'), verdict, local: false }],
  table: [cellOf('unknown'), cellOf('paired-read')],
});

test('a violation that nobody has published is left out, with the cells that show it and no other ones', () => {
  const { checks, cells } = withheldFromRun(withVerdict('fail'));
  expect(checks.map(({ id }) => id)).toEqual([tableCheck('strangers-wait')]);
  expect([...cells]).toEqual(['plain']);
});

test('a known deviation is shown, with its cells', () => {
  expect(withheldFromRun(withVerdict('known-deviation'))).toEqual({ checks: [], cells: new Set(), findings: [] });
});
