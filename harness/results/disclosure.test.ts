import { expect, test } from 'vitest';
import { VERDICTS } from '../judge/verdict.ts';
import { defaultDisclosure, isUnpublished, NOTHING_WITHHELD, withhold } from './disclosure.ts';
import { ALL_HOLD, sampleReport } from './sample.fixture.ts';

const REPORT = sampleReport(ALL_HOLD);
const [CHECK] = REPORT.checks;
if (CHECK === undefined) throw new Error('the sample has checks');

test('output is public on CI, and full elsewhere', () => {
  expect([{ CI: 'true' }, { CI: 'false' }, {}].map(defaultDisclosure)).toEqual(['public', 'full', 'full']);
});

test('a violation is unpublished if it is not declared, and if it is about a remote client', () => {
  const of = (local: boolean): string[] => VERDICTS.filter((verdict) => isUnpublished({ ...CHECK, verdict, local }));
  expect(of(false)).toEqual(['fail', 'flaky']);
  expect(of(true)).toEqual([]);
});

test('what is withheld is in no part of the report that is shown, and is counted', () => {
  const { shown, checks } = withhold(REPORT, { ...NOTHING_WITHHELD, checks: [CHECK] });
  expect(JSON.stringify(shown.checks)).not.toContain(CHECK.id);
  expect(shown.counts.pass).toBe(REPORT.counts.pass - 1);
  expect(shown.withheld).toBe(1);
  expect(checks).toEqual([CHECK]);
  expect(withhold(REPORT, NOTHING_WITHHELD).shown).toEqual(REPORT);
});

test('what a survey saw of a gateway is withheld with a check of it, and that of other gateways is shown', () => {
  const surveys = ['2026.4.1', '2026.9.6'].flatMap((gateway) =>
    ['rights', 'routes'].map((survey) => ({ survey, gateway, seen: {} })),
  );
  const checks = [{ gateway: '2026.4.1', id: 'boundary/rights/a-call-needs-its-scope' }];
  const { shown } = withhold({ ...REPORT, surveys }, { ...NOTHING_WITHHELD, checks });
  expect(shown.surveys).toEqual(surveys.slice(1));
});
