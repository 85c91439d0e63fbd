import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { replayCommand } from './replay-command.ts';

test.each([
  ['a check on the newest release', replayCommand('a/b/c'), 'npx postern replay a/b/c'],
  [
    'a cell on base and head',
    replayCommand('xff-loopback+asks-admin', { gateways: ['2026.4.1', './openclaw-pr.tgz'] }),
    'npx postern replay xff-loopback+asks-admin --gateway 2026.4.1 --gateway ./openclaw-pr.tgz',
  ],
  [
    'a random knock',
    replayCommand('boundary/table/knocks-made-up', { search: { seed: -7, path: '3:0:1' } }),
    'npx postern replay boundary/table/knocks-made-up --seed -7 --path 3:0:1',
  ],
])('the command that replays %s', (_, command, words) => {
  expect(command).toBe(words);
});

test('a shell reads each reference and each file as one word', () => {
  const given = ["dir:../it's mine", '$(id) `id` "x"'];
  const command = replayCommand('a/b', { gateways: given, file: 'my scenario.yaml' });
  const words = execFileSync('sh', ['-c', `set -- ${command}; printf '%s\\n' "$@"`], { encoding: 'utf8' });
  expect(words.trimEnd().split('\n')).toEqual([
    ...['npx', 'postern', 'replay', 'a/b'],
    ...['--gateway', given[0], '--gateway', given[1], '--file', 'my scenario.yaml'],
  ]);
});
