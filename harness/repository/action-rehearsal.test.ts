import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { waitOnThisMachine } from '../limits.ts';
import { postern } from '../suite/child.fixture.ts';
import { rehearseAction } from './action.fixture.ts';

/** The scripts of action.yml with this checkout as the action: the real command, and in the second test two real gateways. */

test('a head that cannot be read ends the action with 2, and its outputs say so', async () => {
  const { exitCode, outputs, log } = await rehearseAction({ head: 'no such gateway' });
  expect({ exitCode, outputs }).toEqual({
    exitCode: 2,
    outputs: { verdict: 'cannot-tell', 'exit-code': '2', counts: '', digest: '', report: '' },
  });
  expect(log).toContain('"no such gateway" is not a gateway reference');
});

// Two gateways boot at once: a minute on two idle cores.
test('a release is as strict as itself, and everything is written', {
  timeout: waitOnThisMachine(480_000),
}, async () => {
  const only = 'host-header/dns-rebinding';
  const { exitCode, outputs, summary } = await rehearseAction({
    base: '2026.9.6',
    head: 'npm:openclaw@2026.9.6',
    table: 'none',
    only,
  });
  const { stdout } = await postern(['list', '--checks', '--only', only]);
  const checks = Number(/, (\d+) checks/.exec(stdout)?.[1]);
  const counts: Record<string, number> = JSON.parse(outputs.counts ?? '');
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(2 * checks);
  expect([exitCode, outputs.verdict, outputs['exit-code']]).toEqual([0, 'safe', '0']);
  const file = (name: string): string => path.join(outputs.report ?? '', name);
  expect(summary.startsWith(readFileSync(file('comment.md'), 'utf8'))).toBe(true);
  expect(outputs.digest).toBe(
    createHash('sha256')
      .update(readFileSync(file('report.json')))
      .digest('hex'),
  );
  expect(JSON.parse(readFileSync(file('comparison.sarif'), 'utf8')).runs[0].results).toEqual([]);
  expect(
    ['index.html', 'comparison.html', 'junit.xml', 'report.json'].filter((name) => !existsSync(file(name))),
  ).toEqual([]);
});
