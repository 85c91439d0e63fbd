import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../results/report.ts';
import { ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import { exampleWith } from '../scenario/catalogue/example.fixture.ts';
import { postern } from '../suite/child.fixture.ts';
import { treeWith } from '../suite/tree.fixture.ts';

describe('on GitHub Actions, untrusted text cannot issue workflow commands', () => {
  const HOSTILE = '\u001b]0;title\u0007\n::error title=theirs::x\n  ::add-matcher::y\n##[group]z \u202e\u{e0041}';
  let place = '';
  beforeAll(() => {
    place = mkdtempSync(path.join(tmpdir(), 'postern-output-'));
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  /**
   * Asserts that all output is between `::stop-commands::` and its end marker, and that it has no workflow command or control character.
   */
  async function expectHarmless(argv: readonly string[], said: string, main?: string): Promise<void> {
    const env = { GITHUB_ACTIONS: 'true', DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    const { stdout, stderr } = await postern(argv, { env, ...(main === undefined ? {} : { main }) });
    const lines = stdout.trimEnd().split('\n');
    const word = /^::stop-commands::([0-9a-f]{32})$/.exec(lines[0] ?? '')?.[1];
    expect(lines.at(-1)).toBe(`::${word}::`);
    const text = [...lines.slice(1, -1), stderr].join('\n');
    expect(text).toContain(said);
    expect(text).not.toMatch(/^\s*::|##\[|(?!\n)[\p{Cc}\p{Cf}]/mu);
  }

  test.each<[string, string[]]>([
    ['run', ['run', '--gateway', HOSTILE]],
    ['matrix', ['matrix', '--gateway', HOSTILE]],
    ['gate', ['gate', '--base', '2026.4.1', '--head', HOSTILE]],
    ['model', ['model', '--seed', '1', '--path', HOSTILE]],
    ['list', ['list', '--only', HOSTILE]],
    ['explain', ['explain', HOSTILE]],
    ['selftest', ['selftest', '--mutant', HOSTILE]],
    ['images', ['images', '--prune', '--gateway', HOSTILE]],
    ['a command that there is not', [HOSTILE]],
  ])('error output of %s', async (_, argv) => {
    await expectHarmless(argv, ': :error title=theirs::x');
  });

  test('in an invalid scenario', async () => {
    const text = exampleWith('title: A device', 'title: "\u001b]0;title\u0007 ##[group]z" A device');
    const main = treeWith(path.join(place, 'lint'), { 'scenarios/stale-scopes/example.yaml': text });
    await expectHarmless(['lint'], '␛]0;title', main);
  });

  test('in stored reports that diff compares', async () => {
    const folderOf = (name: string, change: (report: Report) => Report): string => {
      mkdirSync(path.join(place, name));
      writeFileSync(path.join(place, name, 'report.json'), JSON.stringify(change(sampleReport(ONE_GATEWAY))));
      return path.join(place, name);
    };
    const base = folderOf('base', (report) => report);
    const head = folderOf('head', (report) => ({
      ...report,
      checks: report.checks.map((check) => ({
        ...check,
        seen: HOSTILE,
        observation: {
          outcome: {
            kind: 'refused',
            at: 'handshake',
            code: 1008,
            cause: 'pairing-required',
            reason: HOSTILE,
            text: HOSTILE,
          },
        },
      })),
    }));
    await expectHarmless(['diff', base, head], ': :error title=theirs::x');
  });
});
