import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { installPackages, machine } from './debian.mjs';

afterEach(() => vi.unstubAllEnvs());

/** Puts an `apt-get` first on PATH that notes its arguments in the file it returns, and whose first run does what `first` says. */
function stubApt(first: string): { calls(): string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-apt-'));
  const calls = path.join(folder, 'calls');
  writeFileSync(calls, '');
  const stub = path.join(folder, 'apt-get');
  writeFileSync(stub, `#!/bin/sh\necho "$@" >>${calls}\nif [ "$(wc -l <${calls})" = 1 ]; then ${first}; fi\nexit 0\n`);
  chmodSync(stub, 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH ?? ''}`);
  return {
    calls() {
      const lines = readFileSync(calls, 'utf8').trimEnd().split('\n');
      rmSync(folder, { recursive: true });
      return lines.map((line) => line.split(' ').at(-1) ?? '');
    },
  };
}

test.runIf(machine().debian)('waits while another process has the lock of the package lists', async () => {
  const apt = stubApt(
    'echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)" >&2; exit 100',
  );
  expect(await installPackages(['hello'], 'a test', () => {})).toBeUndefined();
  expect(apt.calls()).toEqual(['update', 'update', 'hello']);
});

test.runIf(machine().debian)('gives the command and its last lines if apt-get fails for another reason', async () => {
  const apt = stubApt('echo "E: Unable to fetch some archives" >&2; exit 100');
  expect(await installPackages(['hello'], 'a test', () => {})).toBe(
    '`apt-get -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 -q update` ended with 100:\n  E: Unable to fetch some archives',
  );
  expect(apt.calls()).toEqual(['update']);
});
