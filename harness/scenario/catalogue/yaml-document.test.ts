import { expect, test } from 'vitest';
import { DocumentError, readDocument } from './yaml-document.ts';

test('a line that is quoted drives neither the terminal nor its reader', () => {
  const { syntax } = readDocument('title: a\r\nwhy: ]\u001b[2J\u202egnp\u{e0041}\r\n', 'scenarios/odd.yaml');
  const { message } = new DocumentError(syntax, 'Mend it.');
  expect(message).toContain('   2 | why: ]␛[2J⟨U+202E⟩gnp⟨U+E0041⟩\n');
  // Nothing but line feeds and what can be seen.
  expect(message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('the caret stands below the place also behind characters that are drawn longer', () => {
  const text = '"\u202e": 1\n"\u202e": 2\n';
  const { message } = new DocumentError(readDocument(text, 'scenarios/odd.yaml').syntax, 'Mend it.');
  const [, quotedLine = '', caretLine = ''] = message.split('\n');
  expect(quotedLine.indexOf('"')).toBe(caretLine.indexOf('^'));
});

test('a name in a message is made harmless too', () => {
  const fault = {
    file: 'a.yaml',
    line: 1,
    column: 1,
    offending: '',
    next: '',
    message: 'unknown key "\u001b]0;x\u0007"',
  };
  expect(new DocumentError([fault], '').message).toContain('unknown key "␛]0;x␇"');
});

test.each([
  [
    'an alias of an anchor that nobody wrote',
    'a: &refused 1\nb: *refusd\n',
    [
      {
        file: 'odd.yaml',
        line: 2,
        column: 4,
        offending: 'b: *refusd',
        message: 'the alias *refusd names no anchor above it',
        next: 'Did you mean refused? Write &refusd before the value that it stands for.',
      },
    ],
  ],
  [
    'an alias within its own value',
    'a: &loop\n  - *loop\n',
    [
      {
        file: 'odd.yaml',
        line: 2,
        column: 5,
        offending: '  - *loop',
        message: 'the alias *loop stands within its own value',
        next: 'Write the value out.',
      },
    ],
  ],
  [
    'aliases of aliases without end',
    [...'bcdefghij'].reduce(
      (text, name, index) => `${text}${name}: &${name} [${`*${'abcdefghi'[index]}, `.repeat(10)}]\n`,
      'a: &a [1, 1]\n',
    ),
    [
      {
        file: 'odd.yaml',
        line: 1,
        column: 1,
        offending: 'a: &a [1, 1]',
        message: 'Excessive alias count indicates a resource exhaustion attack',
        next: 'Write fewer aliases of aliases.',
      },
    ],
  ],
])('%s is a fault of the file', (_what, text, faults) => {
  const { value, syntax } = readDocument(text, 'odd.yaml');
  expect({ value, syntax }).toEqual({ value: null, syntax: faults });
});
