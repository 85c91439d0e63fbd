import { expect, test } from 'vitest';
import { answerOf } from '../paste/answer.ts';
import { catalogueOf } from '../paste/catalogue.ts';
import { linesOf } from '../paste/clean-text.ts';
import { rank } from '../paste/rank.ts';
import { readLines } from '../paste/read.ts';
import { LOADED } from '../results/published.fixture.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { concludeScenario, verdictOf } from './conclude.ts';
import { PLAYS, REPRODUCED, runOf } from './reproduction.fixture.ts';
import { renderReproduction } from './reproduction-markdown.ts';

const read = readLines(linesOf('openclaw 2026.4.1\ngateway closed (1008): pairing required reason=scope-upgrade'));
const answer = answerOf(read, rank(read, catalogueOf(CATALOGUE)), CATALOGUE);

test('the answer names a release that a scenario does not apply to, and says what is by design', () => {
  const steps = LOADED.checks
    .filter(({ part }) => part === 'steps')
    .map(({ name }) => [`2026.4.1/${name}`, 'not-applicable']);
  const result = concludeScenario(LOADED, PLAYS.slice(0, 2), runOf(Object.fromEntries(steps)), null);
  const begin = (affected: string): string =>
    renderReproduction(
      {
        ...{ format: 1, verdict: verdictOf([result]), answer, problems: [], page: null },
        scenarios: [{ ...result, affected }],
      },
      CATALOGUE,
    ).split('\n')[0] ?? '';
  const rest = 'Played on 2026.9.6; a scenario does not apply to 2026.4.1.';
  expect([begin('>=2026.3.31 <2026.8.1'), begin('none')]).toEqual([
    `**Not reproduced.** ${rest}`,
    `**The gateway behaves as designed.** ${rest}`,
  ]);
});

test('the answer says first what was played, and then what it rests on', () => {
  const result = concludeScenario(LOADED, PLAYS, runOf({ ...REPRODUCED, '2026.9.6/remote': 'fail' }), {
    settings: [{ key: 'auth', value: 'password', line: 7 }],
    version: '2026.4.1',
    state: 'reproduced',
    because: null,
    command:
      'npx postern replay stale-scopes/example-as-reported --gateway 2026.4.1 --file reports/as-reported/example.yaml',
  });
  const markdown = renderReproduction(
    {
      format: 1,
      verdict: verdictOf([result]),
      answer,
      scenarios: [result],
      problems: [],
      page: 'reports/x/index.html',
    },
    CATALOGUE,
  );
  const [played = '', rests = ''] = markdown.split('\n---\n');
  expect(played.trimEnd()).toBe(`**Reproduced on 2026.4.1 and 2026.7.35.**

### A device first paired for reading cannot write

Scenario \`stale-scopes/example\`, affected releases \`>=2026.3.31 <2026.8.1\`.

| release | why | result | seen |
| --- | --- | --- | --- |
| 2026.4.1 | reported | **reproduced** | upgrade was reproduced |
| 2026.9.6 | newest | not reproduced | upgrade was pass |
| 2026.7.35 | last affected | **reproduced** | upgrade was reproduced |
| 2026.8.1 | first after it | not reproduced | upgrade was pass |

The first stable release without it is **2026.8.1**.

With the settings of the report, \`auth: password\` (line 7), on 2026.4.1: **reproduced**.
To see it again: \`npx postern replay stale-scopes/example-as-reported --gateway 2026.4.1 --file reports/as-reported/example.yaml\`

#### What helps, played on 2026.4.1

- Approve the pending request. (\`approve\`)

#### What must stay refused

A change that makes one of these checks fail opens the gateway to remote clients.
Each held on 2026.4.1, 2026.7.35, 2026.8.1 and 2026.9.6, unless its line says something else.

- \`remote\`: remote is as it should be. Held on 2026.4.1, 2026.7.35 and 2026.8.1. **Did not hold on 2026.9.6.**

To see it again: \`npx postern replay stale-scopes/example --gateway 2026.4.1\``);
  expect(rests).toContain('2026.4.1');
});

test('if nothing was played, the answer is that of the reading alone', () => {
  const markdown = renderReproduction(
    { format: 1, verdict: 'not-played', answer, scenarios: [], problems: [], page: null },
    CATALOGUE,
  );
  expect(markdown).not.toContain('Reproduced');
  expect(markdown).toContain('### Release');
});
