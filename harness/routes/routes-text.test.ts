import { expect, test } from 'vitest';
import { sampleReport } from './report.fixture.ts';
import { printRoutes } from './routes-text.ts';

test('the terminal shows what opens each route, the findings and the differences', () => {
  expect(printRoutes(sampleReport())).toMatchInlineSnapshot(`
    "openclaw 2026.9.6: 173 requests to 2 routes in 12 s, seed 7
      models  shared-secret
      panel   anybody

    1 finding:
      no-path-form-opens: models: served: no-credential from-lan double-slash

    2026.9.5 → 2026.9.6: 1 difference
      weakened   models
                 now: no-credential from-lan double-slash"
  `);
});

test('findings that others must not read are counted, and a gateway without any holds', () => {
  const { comparison, ...report } = sampleReport();
  const tail = (text: string): string[] => text.split('\n').slice(3);
  expect(tail(printRoutes({ ...report, comparison: null, findings: [], withheld: 1 }))).toEqual([
    '',
    'No other finding.',
    '1 finding left out, because others may read this output',
  ]);
  expect(tail(printRoutes({ ...report, comparison: null, findings: [] }))).toEqual(['', 'Every property holds.']);
  expect(comparison?.routes.length).toBe(1);
});
