import { describe, expect, test } from 'vitest';
import { createSecretRegistry } from '../../redaction/redactor.ts';
import { keptOutput } from './output.fixture.ts';
import { harmless, harmlessPainted } from './terminal-text.ts';

/** Hostile text, and the text that a user and a CI runner read in its place. */
const HOSTILE: Record<string, [string, string]> = {
  'escape sequences': ['a\u001b[2Jb\u009b1m', 'a␛[2Jb⟨U+009B⟩1m'],
  'a line that is overwritten': ['bad\rgood', 'bad␍good'],
  'text from right to left': ['\u202egnp', '⟨U+202E⟩gnp'],
  'invisible tags': ['a\u{e0041}\u{e007f}', 'a⟨U+E0041⟩⟨U+E007F⟩'],
  'letters without width or shape': ['a\u200b\u3164\u00adb\ufe0f', 'a⟨U+200B⟩⟨U+3164⟩⟨U+00AD⟩b⟨U+FE0F⟩'],
  'a workflow command': ['::add-mask::x', ': :add-mask::x'],
  'one on a later line': ['x\r\n  ::error file=a::y\nz', 'x\n  : :error file=a::y\nz'],
  'one in the older form': ['x ##[group]y ##vso[task.setvariable]z', 'x # #[group]y # #vso[task.setvariable]z'],
};

test.each(Object.entries(HOSTILE))('untrusted text controls nothing: %s', (_, [text, safe]) => {
  expect(harmless(text)).toBe(safe);
  const { output, told } = keptOutput();
  output.say(text);
  output.complain(text);
  output.show([text], 3);
  output.reveal(text);
  expect(told()).toBe(`${safe}\n`.repeat(4));
});

test('harmless text is unchanged', () => {
  const text = 'openclaw 2026.4.1: ✓ pass\n\tscenarios/a.yaml:3:5 ws://[::1]:18789 «token» déjà 😀';
  expect(harmless(text)).toBe(text);
});

test('colours of the harness stay, and other escape sequences are removed', () => {
  expect(harmlessPainted('\u001b[31m✕ fail\u001b[39m \u001b[8mhidden\u001b[0m')).toBe(
    '\u001b[31m✕ fail\u001b[39m ␛[8mhidden␛[0m',
  );
  expect(harmlessPainted('\u001b[2m::error::x\u001b[22m')).toBe('\u001b[2m: :error::x\u001b[22m');
});

test('every text is redacted, except that of reveal', () => {
  const secretRegistry = createSecretRegistry();
  const secret = secretRegistry.mint('token');
  const { output, told } = keptOutput({ tty: true });
  output.clearWith(secretRegistry.redact);
  output.say(secret);
  output.complain(`two\n${secret}`);
  output.show([secret], 0);
  output.progress(secret);
  expect(told()).toBe('«token»\ntwo\n«token»\n«token»\n\r«token»');
  output.reveal(secret);
  expect(told()).toBe(`${secret}\n`);
});

describe('on GitHub Actions', () => {
  test('only workflow commands of Postern are executed: all other text is between a stop and its end', () => {
    const { output, told } = keptOutput({ actions: true });
    output.say('before');
    output.complain('an error');
    output.annotate('::error title=a::ours\n');
    output.show(['after'], 0);
    output.close();
    output.close();
    const lines = told().split('\n');
    const [one, other] = lines.flatMap((line) => /^::stop-commands::([0-9a-f]{32})$/.exec(line)?.[1] ?? []);
    expect(lines).toEqual([
      `::stop-commands::${one}`,
      'before',
      'an error',
      `::${one}::`,
      '::error title=a::ours',
      `::stop-commands::${other}`,
      'after',
      `::${other}::`,
      '',
    ]);
    expect(other).not.toBe(one);
  });

  test('the token that ends a stop is different in each process', () => {
    const words = [1, 2].map(() => {
      const { output, told } = keptOutput({ actions: true });
      output.say('x');
      return told();
    });
    expect(words[0]).not.toBe(words[1]);
  });
});

test('a closed stream drops its own text only', () => {
  const { output, out } = keptOutput();
  out.destroy();
  expect(() => output.say('to nobody')).not.toThrow();
});

test('the process may end only when the last byte has left it, or its reader has', async () => {
  const { output, out } = keptOutput();
  output.say('x'.repeat(1_000_000));
  let isDrained = false;
  const drained = output.drained().then(() => {
    isDrained = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDrained).toBe(false);
  out.resume();
  await drained;

  const broken = keptOutput();
  broken.output.say('x'.repeat(1_000_000));
  broken.out.destroy();
  await broken.output.drained();
});
