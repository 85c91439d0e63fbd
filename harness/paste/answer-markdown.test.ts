import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { type Answer, answerOf } from './answer.ts';
import { renderAnswer } from './answer-markdown.ts';
import { catalogueOf } from './catalogue.ts';
import { linesOf } from './clean-text.ts';
import { rank } from './rank.ts';
import { readLines } from './read.ts';
import { readReport } from './read-report.ts';

const scenarios = loadScenarios(ROOT);
const catalogue = catalogueOf(scenarios);

function answerTo(text: string): Answer {
  const read = readLines(linesOf(text));
  return answerOf(read, rank(read, catalogue), scenarios);
}

function corpusText(name: string): Answer {
  const read = readLines(readReport(path.join(import.meta.dirname, 'corpus', name)));
  return answerOf(read, rank(read, catalogue), scenarios);
}

test('an answer names verdict, scenario, release with its contradiction, and the command that plays it', () => {
  const text = renderAnswer(corpusText('19-printed-is-not-said.txt'), scenarios);
  expect(text).toContain('**A scenario plays this.**');
  expect(text).toContain('1. `stale-scopes/spawn-in-february`: ');
  expect(text).toContain('npm does not have it; `2026.2.19` is the nearest published one.');
  expect(text).toContain('The report contradicts itself: it also names `2026.2.17` (line 3, stated)');
  expect(text).toContain('`npx postern replay stale-scopes/spawn-in-february --gateway 2026.2.19`');
  expect(text).toContain('| 9 | approve the request that waits | advice of an answer |');
});

test('secrets, addresses, hosts and people do not occur in an answer, neither as Markdown nor as data', () => {
  const PRIVATE = [
    'claw.corp.example.com',
    '203.0.113.77',
    '10.9.8.7',
    'jdoe',
    'hunter2',
    'Zk3x9QmT4vLp2WnR8bYc1dHs7fJg0aKe',
    'Jane',
  ];
  const answer = answerTo(
    [
      'OpenClaw 2026.4.9 behind nginx, pairing required in the browser. Mail me: jdoe@claw.corp.example.com',
      '$ openclaw status --url wss://jdoe:hunter2@claw.corp.example.com/x --token Zk3x9QmT4vLp2WnR8bYc1dHs7fJg0aKe',
      "[ws] closed before connect conn=1 remote=10.9.8.7 fwd=203.0.113.77 client=Jane's-Phone origin=https://claw.corp.example.com host=claw.corp.example.com code=1008 reason=pairing required",
      '"allowedOrigins": ["https://claw.corp.example.com"], "trustedProxies": ["10.9.8.7"]',
      'Config: /home/jdoe/.openclaw/openclaw.json',
    ].join('\n'),
  );
  const shown = `${renderAnswer(answer, scenarios)}${JSON.stringify(answer)}`;
  expect(PRIVATE.filter((each) => shown.includes(each))).toEqual([]);
  expect(shown).toContain('<host-1>');
});

test('a reason of the verdict is without what must not be shown, like one of a scenario', () => {
  const read = readLines(linesOf('OpenClaw 2026.4.9, pairing required'));
  const reasons = [{ says: 'calls wss://claw.corp.example.com from 203.0.113.77', line: 1, source: 'stated' as const }];
  const answer = answerOf(read, { ...rank(read, catalogue), reasons }, scenarios);
  expect(answer.ranking.reasons.map(({ says }) => says)).toEqual(['calls wss://<host-1> from <address-1>']);
});

test('a reason that known reports have too is said once', () => {
  const { ranking } = answerTo(
    'openclaw 2026.4.1\nsessions_spawn of a sub-agent fails: gateway closed (1008): pairing required\nreason=scope-upgrade',
  );
  const KNOWN = ', as known reports of this do';
  for (const { reasons } of [ranking, ...ranking.scenarios]) {
    const says = reasons.map((reason) => reason.says.replace(KNOWN, ''));
    expect(says).toEqual([...new Set(says)]);
  }
  expect(ranking.reasons.some(({ says }) => says.endsWith(KNOWN))).toBe(true);
  expect(ranking.reasons[0]?.says).toBe('is about a sub-agent');
});

test('no value of a report ends its code or its cell', () => {
  const text = renderAnswer(
    answerTo('pairing required\nreason=a`b|c\n"basePath": "/x`|y"\norigin=https://a|b`c.example'),
    scenarios,
  );
  for (const line of text.split('\n').filter((each) => each.startsWith('|')))
    expect(line.replaceAll('\\|', '').split('|')).toHaveLength(6);
});
