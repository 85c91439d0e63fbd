import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { answerOf } from './answer.ts';
import { renderAnswer } from './answer-markdown.ts';
import { catalogueOf } from './catalogue.ts';
import { LONGEST_LINE, linesOf } from './clean-text.ts';
import { conceptsIn } from './concepts.ts';
import { loadCorpus } from './corpus.ts';
import { createHide } from './hide.ts';
import { rank } from './rank.ts';
import { readLines } from './read.ts';
import { SIGN_IDS, signOf } from './signs.ts';
import { WORKAROUND_IDS, WORKAROUNDS } from './workarounds.ts';

/** The processor time of this process for a task, in milliseconds; the least of three. Other processes do not count. */
function costOf(task: () => unknown): number {
  const costs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    task();
    return process.cpuUsage(before).user / 1_000;
  });
  return Math.min(...costs);
}

/** Texts that make patterns with nested or adjacent quantifiers slow, each as long as the longest line. */
function trapsFor(pattern: RegExp): string[] {
  const words = [...new Set(pattern.source.replace(/\\[a-z]/gi, ' ').match(/[a-z]{3,}/g) ?? [])].slice(0, 12);
  const pieces = [
    'a',
    ' ',
    'a ',
    '-',
    '.',
    'a.',
    '0',
    '0.',
    '"',
    ':',
    ': ',
    'a=',
    '://',
    '(',
    ...words.flatMap((word) => [word, `${word} `]),
  ];
  return pieces.map(
    (piece) => `${piece.repeat(Math.ceil(LONGEST_LINE / piece.length)).slice(0, LONGEST_LINE - 1)}\u0001`,
  );
}

describe('patterns take time in proportion to the line', () => {
  const patterns = [
    ...SIGN_IDS.flatMap((id) => signOf(id).pattern ?? []),
    ...WORKAROUND_IDS.flatMap((id) => [WORKAROUNDS[id].pattern, WORKAROUNDS[id].advice]),
  ];
  test('every quantifier has a bound', () => {
    const unbounded = patterns.filter(({ source }) =>
      /[+*]|\{\d+,\}/.test(source.replaceAll(/\\./g, 'x').replaceAll(/\[[^\]]*\]/g, 'x')),
    );
    expect(unbounded.map(String)).toEqual([]);
  });
  test('each passes the longest line of each trap in milliseconds', () => {
    const MOST_MS = 40;
    const slow = patterns.flatMap((pattern) =>
      trapsFor(pattern).flatMap((trap) => {
        const ms = costOf(() => pattern.test(trap));
        return ms > MOST_MS ? [`${ms} ms: ${pattern.source.slice(0, 60)} on ${trap.slice(0, 20)}`] : [];
      }),
    );
    expect(slow).toEqual([]);
  });
});

const scenarios = loadScenarios(ROOT);
const catalogue = catalogueOf(scenarios);

/** Reads, ranks, answers and renders a text. */
function answerTo(text: string): string {
  const read = readLines(linesOf(text));
  const answer = answerOf(read, rank(read, catalogue), scenarios);
  return `${renderAnswer(answer, scenarios)}${JSON.stringify(answer)}`;
}

const SNIPPETS = [
  'gateway closed (1008): pairing required',
  '"trustedProxies": [',
  '{"cause":"',
  '\u001b[31m',
  '\u001b]0;',
  '> (bot) ',
  'alice: ',
  '### OpenClaw version',
  '```',
  '2026.2.19-2',
  '2026.99.99999999999999999999',
  'scopesFrom=operator.read scopesTo=',
  'reason=',
  '../../../etc/passwd',
  '$(reboot)',
  'https://[::1]:18789/',
  'feb 31',
  '{"a":'.repeat(50),
  '[['.repeat(50),
  '\ud800',
  'Ã'.repeat(20),
  '|`|',
  '::error title=x::',
  '&lt;&amp;lt;',
  '__proto__: constructor',
];

test('ideas are found in time in proportion to the line', () => {
  const pieces = ['a', 'restart', 'restart ', 'a-', 'a.b/', '重', '重启', 'é', 'sessions_spawn=', '@', 'ɪ '];
  const slow = pieces.flatMap((piece) => {
    const line = piece.repeat(Math.ceil(LONGEST_LINE / piece.length));
    return costOf(() => conceptsIn(line)) > 40 ? [piece] : [];
  });
  expect(slow).toEqual([]);
});

describe('hostile texts', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('a field named %s is no fact', (name) => {
    const text = `gateway closed (1008): pairing required${name}: constructor::error title=x::`;
    expect(answerTo(text)).toContain('pairing required');
    expect(answerTo(`closed before connect ${name}=constructor remote=10.0.0.7`)).toContain('audit');
  });

  test('random mixtures of text, escapes and fragments are read without an error', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...SNIPPETS),
      fc.json({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', ' ', '\r', ''), (lines, joint) => {
        answerTo(lines.join(joint));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['deep JSON', '{"gateway":'.repeat(20_000)],
    ['deep lists', '['.repeat(200_000)],
    ['a line without end', 'a'.repeat(200_000)],
    ['keys without values', '"trustedProxies": [\n'.repeat(9_000)],
    ['quotes of quotes', `${'>'.repeat(20_000)} pairing required`],
    ['escapes', '\u001b['.repeat(60_000)],
    ['names', 'a: b\nc: d\n'.repeat(15_000)],
    ['versions', '2026.2.19-2 -> '.repeat(12_000)],
    ['backticks', '`'.repeat(100_000)],
    ['fences', '```\n'.repeat(30_000)],
    ['addresses', '10.0.0.1:1::2:3 '.repeat(12_000)],
    ['mail addresses', 'a.b-c@d.e-f.'.repeat(16_000)],
  ])('%s takes less than two seconds of the processor', (_, text) => {
    const before = process.cpuUsage();
    answerTo(text);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
  });

  test('twice the text takes at most about twice the time', () => {
    const text = loadCorpus()
      .map(({ text }) => text)
      .join('\n\n');
    const once = costOf(() => readLines(linesOf(text)));
    const twice = costOf(() => readLines(linesOf(text + text.replace(/\d/g, '7'))));
    expect(twice).toBeLessThan(3.5 * once);
  });

  test('hiding takes time in proportion to the text', () => {
    for (const piece of ['a.', 'a@', '1.2.3.', 'token: ', 'a:b:', 'x'.repeat(50), '/home/', '://a@'])
      expect(
        costOf(() => createHide()(piece.repeat(100_000 / piece.length))),
        piece,
      ).toBeLessThan(1_500);
  });
});

describe('a paste of 256 kB', () => {
  let place = '';
  beforeAll(() => {
    place = mkdtempSync(path.join(tmpdir(), 'postern-paste-'));
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test('is read and ranked in less than a second of the processor, and the process takes less than 150 MB', () => {
    const texts = loadCorpus().map(({ text }) => text);
    const filler = (index: number): string =>
      `2026-03-01T00:00:${index % 60}Z [gateway] turn ${index} of agent ${index % 7} took ${index * 3} ms in session s${index}\n`;
    const log = Array.from({ length: 4_000 }, (_, index) => filler(index)).join('');
    const paste = path.join(place, 'paste.txt');
    writeFileSync(paste, `${texts.join('\n\n')}\n${log}`.slice(0, 256 * 1024));
    const program = path.join(place, 'program.mjs');
    const from = (file: string): string => JSON.stringify(path.join(ROOT, 'harness', file));
    writeFileSync(
      program,
      `import ${from('cli/memory.ts')};
import { readFileSync } from 'node:fs';
const { loadScenarios } = await import(${from('scenario/catalogue/load.ts')});
const { readReport } = await import(${from('paste/read-report.ts')});
const { readLines } = await import(${from('paste/read.ts')});
const { catalogueOf } = await import(${from('paste/catalogue.ts')});
const { rank } = await import(${from('paste/rank.ts')});
const catalogue = catalogueOf(loadScenarios(${JSON.stringify(ROOT)}));
const before = process.cpuUsage();
const ranking = rank(readLines(readReport(${JSON.stringify(paste)})), catalogue);
const cpu = process.cpuUsage(before);
// Linux counts the memory of the process that starts a program in the maxRSS of that program, and not in its VmHWM.
const peakKilobytes = Number(/VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
console.log(JSON.stringify({ verdict: ranking.verdict, ms: cpu.user / 1000, mb: peakKilobytes / 1024 }));`,
    );
    const run = (): { ms: number; mb: number } => {
      const { stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 100_000 });
      expect(stderr).toBe('');
      return JSON.parse(stdout);
    };
    // Other processes only make the same work take longer, so the shortest of three runs is the nearest to its cost.
    const runs = [run(), run(), run()];
    expect(Math.min(...runs.map(({ ms }) => ms))).toBeLessThan(1_000);
    expect(Math.max(...runs.map(({ mb }) => mb))).toBeLessThan(150);
  });
});
