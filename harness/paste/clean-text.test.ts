import { describe, expect, test } from 'vitest';
import { LONGEST_LINE, linesOf } from './clean-text.ts';

const textOf = (text: string): string[] => linesOf(text).map((line) => line.text);

describe('what an editor, a terminal or a wrong decoding added is taken away', () => {
  test.each([
    ['colours', '\u001b[31mclosed\u001b[0m (1008)', 'closed (1008)'],
    ['colours without their escape', '[31mclosed[0m (1008)', 'closed (1008)'],
    ['the title of a terminal', '\u001b]0;evil\u0007closed', 'closed'],
    ['mojibake', 'I canâ€™t say â€œhelloâ€\u009d', 'I can\'t say "hello"'],
    ['mojibake twice', 'GerÃƒÂ¤t', 'Gerät'],
    ['typographic quotes', '„bind“ is ‘lan’', '"bind" is \'lan\''],
    ['a dash that was an option', 'openclaw acp —token x', 'openclaw acp --token x'],
    ['special spaces', 'a\u00a0b\u3000c', 'a b c'],
    ['full-width letters', '（１００８）：ｐａｉｒｉｎｇ', '(1008):pairing'],
    ['characters without a picture', 'a\u200bb\u202ec\ufe0f', 'abc'],
    ['entities', '&lt;host&gt; &amp; &quot;x&quot;', '<host> & "x"'],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, clean) => {
    expect(textOf(text)).toEqual([clean]);
  });

  test.each(['Größe', 'São Paulo', 'naïve', 'Ã', '配对'])('%s stays', (text) => {
    expect(textOf(text)).toEqual([text]);
  });
});

test('each line keeps its number, also where a progress bar wrote over it', () => {
  expect(linesOf('a\r\nb\rc\n\nd')).toEqual([
    { number: 1, text: 'a' },
    { number: 2, text: 'b' },
    { number: 2, text: 'c' },
    { number: 3, text: '' },
    { number: 4, text: 'd' },
  ]);
});

test('a long line becomes parts with its number, and nothing of it is lost', () => {
  const lines = linesOf(`first\n${'word '.repeat(3_000)}`);
  const parts = lines.filter(({ number }) => number === 2);
  expect(Math.max(...parts.map(({ text }) => text.length))).toBeLessThanOrEqual(LONGEST_LINE);
  expect(
    parts
      .map(({ text }) => text)
      .join('')
      .match(/word/g),
  ).toHaveLength(3_000);
});
