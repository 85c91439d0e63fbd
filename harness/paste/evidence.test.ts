import { describe, expect, test } from 'vitest';
import { linesOf } from './clean-text.ts';
import { conceptsIn } from './concepts.ts';
import { type EvidenceKind, keyOf } from './evidence.ts';
import { readLines } from './read.ts';

describe('ideas', () => {
  test.each([
    ['i bounced the gateway this morning', 'restart'],
    ['nach dem neustart', 'restart'],
    ['重启之后', 'restart'],
    ['после перезапуска', 'restart'],
    ['les conteneurs', 'container'],
    ['el navegador pide', 'page'],
    ['sessions_spawn={…}', 'sub-agent'],
    ['ws://host.docker.internal:18789', 'bridge'],
  ])('"%s" speaks of %s', (line, concept) => {
    expect([...conceptsIn(line)]).toContain(concept);
  });

  test('a word within another one is none', () => {
    expect([...conceptsIn('the nodejs tablecloth')]).not.toContain('node');
    expect([...conceptsIn('the nodejs tablecloth')]).not.toContain('page');
  });
});

describe('the evidence of a report', () => {
  const evidence = (text: string): string[] => readLines(linesOf(text)).evidence.map(keyOf);

  test('has signs, facts, ideas and words, and who was refused what', () => {
    const kinds: EvidenceKind[] = ['sign', 'fact', 'idea', 'pair', 'word'];
    const found = readLines(
      linesOf('after the restart my phone gets gateway closed (1008): pairing required'),
    ).evidence;
    expect(kinds.filter((kind) => !found.some((each) => each.kind === kind))).toEqual([]);
    expect(found.map(keyOf)).toContain('pair: phone + pairing');
  });

  test('says how a command was answered below it', () => {
    expect(evidence('$ openclaw devices approve 7d3\ngateway connect failed: missing scope: operator.read')).toContain(
      'pair: devices approve + operator.read',
    );
  });

  test('has no claims of answers', () => {
    expect(evidence('> (bot) restart the proxy')).toEqual([]);
  });

  test('has each piece once, with the first line that shows it', () => {
    const found = readLines(linesOf('the phone\nthe phone again')).evidence.filter(({ name }) => name === 'phone');
    expect(found.map(({ kind, line }) => [kind, line])).toEqual([
      ['sign', 1],
      ['idea', 1],
      ['word', 1],
    ]);
  });
});
