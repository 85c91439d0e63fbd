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
