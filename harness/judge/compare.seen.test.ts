import { describe, expect, test } from 'vitest';
import type { Expectation } from '../scenario/schema/expectation.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { compare } from './compare.ts';

/** The description of an observation that was compared with an expectation. */
const seen = (expectation: Expectation, observation: Observation): string => compare(expectation, observation).seen;

const BEFORE = 'Config warnings: plugin not found. '.repeat(20);
const AFTER = ' Docs: see the troubleshooting page.'.repeat(20);

const ran = (exitCode: number, stdout: string, stderr = ''): Observation => ({
  command: { argv: ['openclaw', 'devices', 'list'], exitCode, stdout, stderr },
});

describe('the output of a command is described if the expectation is about it', () => {
  test.each<[string, Expectation, Observation, string]>([
    ['not where only its code counts, and is right', { exit: 0 }, ran(0, 'fine'), 'exit code 0'],
    [
      'after a code that is wrong',
      { exit: 0 },
      ran(1, '', 'pairing required'),
      'exit code 1, stdout "" and stderr "pairing required"',
    ],
    [
      'before a code that is right, where it is wrong itself',
      { exit: 0, output: { contains: 'approved' } },
      ran(0, 'No pending requests.', 'warning'),
      'stdout "No pending requests." and stderr "warning", exit code 0',
    ],
    [
      'the stream that has the words, where they are there',
      { exit: 0, output: { contains: 'Approved' } },
      ran(0, 'Approved phone.', 'warning'),
      'exit code 0, stdout "Approved phone."',
    ],
  ])('%s', (_label, expectation, observation, told) => {
    expect(seen(expectation, observation)).toBe(told);
  });

  test('a long output is cut to the part around the expected words', () => {
    const output = { output: { contains: 'pairing required' } };
    expect(seen(output, ran(1, '', `${BEFORE}gateway closed (1008): pairing required${AFTER}`))).toBe(
      'exit code 1, stderr … "gs: plugin not found. Config warnings: plugin not found. gateway closed (1008): pairing required Docs: see the troubleshooting page. Docs: see the troubleshooti" …',
    );
  });

  test('or around their beginning, if the output has only that', () => {
    const output = { output: { contains: 'pairing required' } };
    expect(seen(output, ran(1, `${BEFORE}Pairing is not needed here.${AFTER}`))).toBe(
      'stdout … "ot found. Config warnings: plugin not found. Config warnings: plugin not found. Pairing is not needed here. Docs: see the troubleshooting page. Docs: see the tr" … and stderr "", exit code 1',
    );
  });

  test('or to its beginning and end, if the output has none of the words', () => {
    expect(seen({ output: { contains: 'pairing' } }, ran(0, `first line\n${BEFORE}last line`))).toBe(
      'stdout "first line\\nConfig warnings: plugin not found. Config warnings: plugin not found." … " Config warnings: plugin not found. Config warnings: plugin not found. last line" and stderr "", exit code 0',
    );
  });
});

test.each<[string, Expectation, Observation, string]>([
  [
    'a body that lacks the words comes before a status that is right',
    { status: 403, body: { contains: 'proxy attribution' } },
    { http: { status: 403, body: 'Forbidden' } },
    'body "Forbidden", HTTP 403',
  ],
  [
    'the body stands behind a status that is wrong',
    { status: 200 },
    { http: { status: 403, body: 'Forbidden' } },
    'HTTP 403, body "Forbidden"',
  ],
  [
    'a body that the expectation does not name is left out',
    { status: 403 },
    { http: { status: 403, body: 'Forbidden' } },
    'HTTP 403',
  ],
  [
    'a page without the words comes before the pairing decision',
    { page: { contains: 'pairing required' }, pairing: 'pending' },
    { pairing: 'pending', page: { url: 'http://gateway/', text: 'Chat' } },
    'a page that says "Chat"; pairing: pending',
  ],
  [
    'a tool result is cut to the part around the words',
    { tool: { contains: 'accepted' } },
    { tool: { name: 'sessions_spawn', text: `${BEFORE}status: accepted` } },
    'sessions_spawn answered … "nd. Config warnings: plugin not found. Config warnings: plugin not found. Config warnings: plugin not found. Config warnings: plugin not found. status: accepted"',
  ],
  [
    'a gateway that does not start is described with its last words',
    { exited: { log: { contains: 'doctor --fix' } } },
    { exited: { exitCode: 1, lastLines: 'EADDRINUSE' } },
    'the gateway exited with 1, last words "EADDRINUSE"',
  ],
])('%s', (_label, expectation, observation, told) => {
  expect(seen(expectation, observation)).toBe(told);
});
