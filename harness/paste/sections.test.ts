import { describe, expect, test } from 'vitest';
import { linesOf } from './clean-text.ts';
import { sectionsOf } from './sections.ts';

/** Speaker and form of each line that says something, with its number. */
function readAs(text: string): string[] {
  return sectionsOf(linesOf(text)).map(({ number, speaker, form }) => `${number} ${speaker} ${form}`);
}

describe('who says a line', () => {
  test('the first person of a chat reports, everybody else answers, and a bot does too', () => {
    const text = 'ana: it is 2026.4.1\nhelpbot: you run 2026.3.2\nben: same here\nana: no, 2026.4.1';
    expect(readAs(text)).toEqual(['1 reporter prose', '2 answer prose', '3 answer prose', '4 reporter prose']);
  });
  test.each([
    ['Discord', 'ana — 03/17/2026 9:14 PM\nbroken\nClawHelper APP — 03/17/2026 9:15 PM\napprove it'],
    ['Slack', 'ana  10:02 AM\nbroken\nhelper APP  10:02 AM\napprove it'],
    ['IRC', '<ana> broken\n<ben> approve it'],
    ['times in brackets', '[10:02] ana: broken\n[10:03] ben: approve it'],
    ['GitHub', 'ana opened this issue on Feb 19\nbroken\ntriage[bot] commented on Feb 19\napprove it'],
    ['bold names', '**ana**: broken\n**ben** (maintainer): approve it'],
  ])('in the form of %s', (_, text) => {
    const said = sectionsOf(linesOf(text)).filter((statement) => /broken|approve/.test(statement.text));
    expect(said.map(({ speaker }) => speaker)).toEqual(['reporter', 'answer']);
  });
  test('a quoted reply answers, and quoted output is the reporter’s own', () => {
    expect(readAs('> set it to none\nI did not\n> gateway closed (1008): pairing required')).toEqual([
      '1 answer prose',
      '2 reporter prose',
      '3 reporter output',
    ]);
  });
  test('a sentence that retells an answer answers, and the sentences around it do not', () => {
    const statements = sectionsOf(linesOf('It fails on 2026.4.1. The bot says it is fixed in 2026.4.2. I doubt it.'));
    expect(statements.map(({ number, speaker }) => `${number} ${speaker}`)).toEqual([
      '1 reporter',
      '1 answer',
      '1 reporter',
    ]);
  });
  test('keys of outputs and configurations are no names', () => {
    const text = 'Source: local\nConfig: /x\nbind: lan\nGateway target: ws://127.0.0.1:18789';
    expect(sectionsOf(linesOf(text)).every(({ speaker }) => speaker === 'reporter')).toBe(true);
  });
});

describe('what a line is', () => {
  test.each([
    ['$ openclaw devices list', 'output'],
    ['PS C:\\Users\\x> openclaw status', 'output'],
    ['root@box:~# openclaw status', 'output'],
    ['# docker exec -it claw openclaw devices list', 'output'],
    ['2026-03-01T10:00:00Z [ws] closed', 'output'],
    ['{"subsystem":"gateway/ws","code":1008}', 'output'],
    ['│ Gateway │ running │', 'output'],
    ['proxy_set_header X-Real-IP $remote_addr;', 'config'],
    ['  - "traefik.enable=true"', 'config'],
    ['reverse_proxy localhost:18789', 'config'],
    ['  "bind": "lan",', 'config'],
    ['OPENCLAW_GATEWAY_BIND=lan', 'config'],
    ['gateway: a small box in the cellar', 'prose'],
    ['the token: I copied it twice', 'prose'],
    ['### OpenClaw version', 'heading'],
  ])('%s', (text, form) => {
    expect(sectionsOf(linesOf(text)).map((statement) => statement.form)).toEqual([form]);
  });
  test('an empty field of a form is left out, and the others know their heading', () => {
    const statements = sectionsOf(linesOf('### Model\n\n_No response_\n\n### OpenClaw version\n\n2026.4.1'));
    expect(statements.map(({ text, field }) => [text, field])).toEqual([
      ['### Model', 'model'],
      ['### OpenClaw version', 'openclaw version'],
      ['2026.4.1', 'openclaw version'],
    ]);
  });
});
