import { expect, test } from 'vitest';
import { sampleReport } from './report.fixture.ts';
import { renderRoutes } from './routes-markdown.ts';

test('the page shows findings, differences and routes', () => {
  expect(renderRoutes(sampleReport())).toMatchInlineSnapshot(`
    "# HTTP routes: openclaw 2026.9.6

    ## Findings

    | property | route | requests | seen |
    | --- | --- | --- | --- |
    | No way to write a path opens what the plain path refuses. | <code>models</code> | no-credential from-lan double-slash | served |

    ## From 2026.9.5 to 2026.9.6

    | route | change | opened now by | no longer by |
    | --- | --- | --- | --- |
    | <code>models</code> | more requests open it | no-credential from-lan double-slash |  |

    ## Routes

    | route | request | what it is | opened by | outcomes |
    | --- | --- | --- | --- | --- |
    | <code>models</code> | <code>GET /v1/models</code> | lists the agents as models | shared-secret | 121 denied-401, 4 served |
    | <code>panel</code> | <code>GET /</code> | the page of the Control UI | anybody | 26 denied-401, 22 served |
    "
  `);
});

test('the page says what is left out, and that nothing differs', () => {
  const report = sampleReport();
  const none = { base: 'a', head: 'b', routes: [], unplayed: [] };
  const lines = renderRoutes({ ...report, findings: [], withheld: 2, comparison: none }).split('\n');
  expect(lines.slice(0, 12)).toEqual([
    '# HTTP routes: openclaw 2026.9.6',
    '',
    '2 findings left out with the routes that show them: others may read this.',
    '',
    '## Findings',
    '',
    'No other.',
    '',
    '## From a to b',
    '',
    'No difference.',
    '',
  ]);
});
