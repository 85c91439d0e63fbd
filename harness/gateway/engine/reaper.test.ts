import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { isAbandoned, ownResources } from './reaper.ts';

const OWNER = ownResources('a-run').labels['postern.owner'] ?? '';
const [HOST = '', PID = '', START = ''] = OWNER.split('/');
const ENDED = spawnSync(process.execPath, ['--version']).pid;

test.each<[owner: string, label: string | undefined, abandoned: boolean]>([
  ['nobody', undefined, false],
  ['this process', OWNER, false],
  ['a process that has ended', `${HOST}/${ENDED}/${START}`, true],
  ['an earlier process with the same id', `${HOST}/${PID}/1`, true],
  ['a process of another machine', `elsewhere:${HOST.split(':').slice(1).join(':')}/${ENDED}/${START}`, false],
  ['a process in a container with the name of this machine', `${hostname()}:pid:[1]/${ENDED}/${START}`, false],
])('what %s owns is removed only if it is abandoned', (_, label, abandoned) => {
  expect(isAbandoned(label)).toBe(abandoned);
});
