import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tailscaleCommand } from './tailscale.ts';

/** Runs the stand-in as the gateway does. */
function run(...argv: string[]): { status: number | null; stdout: string } {
  const [text] = Object.values(tailscaleCommand({ '100.64.0.9': 'alice@example.test' }));
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'postern-tailscale-')), 'tailscale');
  writeFileSync(file, text ?? '');
  chmodSync(file, 0o700);
  const { status, stdout } = spawnSync(file, argv, { encoding: 'utf8' });
  return { status, stdout };
}

test('whois names the person at an address', () => {
  const { status, stdout } = run('whois', '--json', '100.64.0.9');
  expect([status, JSON.parse(stdout)]).toEqual([
    0,
    {
      Node: { Addresses: ['100.64.0.9/32'] },
      UserProfile: { LoginName: 'alice@example.test', DisplayName: 'alice@example.test' },
    },
  ]);
});

test('whois fails for an address of nobody, and every other command too', () => {
  expect(run('whois', '--json', '100.64.0.10')).toEqual({ status: 1, stdout: '' });
  expect(run('serve', '100.64.0.9')).toEqual({ status: 1, stdout: '' });
});

test('the command that the gateway looks for says its version', () => {
  expect(run('--version')).toEqual({ status: 0, stdout: '1.80.0\n' });
});
