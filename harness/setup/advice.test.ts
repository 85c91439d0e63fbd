import { expect, test } from 'vitest';
import { advice } from './advice.mjs';

const absent = [{ url: 'unix:///var/run/docker.sock', why: 'no such file' }];
const closed = [{ url: 'unix:///var/run/docker.sock', why: 'permission denied' }];

test.each([
  [
    'Debian',
    { platform: 'linux', family: ['debian'], tried: absent, dockerHost: undefined },
    /^sudo apt-get install docker\.io/,
  ],
  [
    'Ubuntu',
    { platform: 'linux', family: ['ubuntu', 'debian'], tried: absent, dockerHost: undefined },
    /^sudo apt-get install/,
  ],
  [
    'Fedora',
    { platform: 'linux', family: ['fedora', ''], tried: absent, dockerHost: undefined },
    /^sudo dnf install moby-engine/,
  ],
  [
    'an unknown Linux',
    { platform: 'linux', family: [''], tried: absent, dockerHost: undefined },
    /^Install Docker 20\.10 or later/,
  ],
  ['macOS', { platform: 'darwin', family: [''], tried: absent, dockerHost: undefined }, /^Install Docker Desktop/],
  [
    'a closed socket',
    { platform: 'linux', family: ['debian'], tried: closed, dockerHost: undefined },
    /closed to this user: sudo usermod/,
  ],
  [
    'DOCKER_HOST',
    { platform: 'linux', family: ['debian'], tried: absent, dockerHost: 'tcp://x:1' },
    /^Let DOCKER_HOST name a Docker engine/,
  ],
] as const)('what to do on a machine without an engine: %s', (_, machine, expected) => {
  expect(advice(machine)).toMatch(expected);
});
