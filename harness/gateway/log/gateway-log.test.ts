import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { LOG_BYTES, LOG_CHARACTERS } from '../../limits.ts';
import { createSecretRegistry } from '../../redaction/redactor.ts';
import { createGatewayLog, type ReadLine } from './gateway-log.ts';

const read = (raw: string): ReadLine => ({ stamp: raw.slice(0, 2), text: raw.slice(3) });

test('lines are ordered by timestamp, whichever pipe was read first; lines of the harness keep their place', async () => {
  const gatewayLog = createGatewayLog(null, createSecretRegistry());
  const stream = new PassThrough();
  const followed = gatewayLog.follow(stream, read);
  stream.write('01 listening\n');
  await gatewayLog.waitFor(0, (text) => text === 'listening', 1_000);
  const mark = gatewayLog.mark();
  stream.write('03 proxy headers\n02 open\n');
  await gatewayLog.waitFor(mark, (text) => text === 'open', 1_000);
  gatewayLog.add('[postern] a line of the harness');
  stream.end('04 closed\n');
  await followed;
  expect(gatewayLog.since(mark).map(({ text }) => text)).toEqual([
    'open',
    '[postern] a line of the harness',
    'proxy headers',
    'closed',
  ]);
  expect(gatewayLog.since(0).map(({ index }) => index)).toEqual([0, 2, 3, 1, 4]);
});

const KEPT_CHARACTERS = 4_000;

test.each([
  ['at its beginning', (secret: string) => `${'x'.repeat(200)}${secret}${'x'.repeat(KEPT_CHARACTERS - 20)}`],
  ['long before its end', (secret: string) => `${secret}${'x'.repeat(3 * KEPT_CHARACTERS)}`],
  ['across the cut at its end', (secret: string) => `${'x'.repeat(KEPT_CHARACTERS - 20)}${secret}\n`],
])('a secret in a line that is cut is a leak, and no part of it is kept: %s', async (_, lineWith) => {
  const secretRegistry = createSecretRegistry();
  const secret = secretRegistry.mint('token');
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'postern-log-')), 'gateway.log');
  const gatewayLog = createGatewayLog(file, secretRegistry);
  const stream = new PassThrough();
  const followed = gatewayLog.follow(stream, (text) => ({ stamp: '', text }));
  const whole = lineWith(secret);
  const half = whole.indexOf(secret) + secret.length / 2;
  for (const chunk of [whole.slice(0, half), whole.slice(half)]) {
    stream.write(chunk);
    await new Promise(setImmediate);
  }
  stream.end();
  await followed;
  await gatewayLog.close();
  expect([...gatewayLog.leaks()]).toEqual([['token', 0]]);
  expect(secretRegistry.redact(readFileSync(file, 'utf8'))).toBe(readFileSync(file, 'utf8'));
  expect(readFileSync(file, 'utf8').length).toBeGreaterThan(100);
});

test('the log file of a gateway that writes without end has a limit, and its last line says so', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-log-'));
  const file = path.join(folder, 'gateway.log');
  const gatewayLog = createGatewayLog(file, createSecretRegistry());
  // A letter of two bytes, because the time for a line depends on its letters, and the limit is in bytes.
  const line = 'ö'.repeat(4_000);
  for (let written = 0; written < LOG_BYTES * 1.1; written += Buffer.byteLength(line)) gatewayLog.add(line);
  gatewayLog.add('the last line');
  await gatewayLog.close();
  expect(statSync(file).size).toBeLessThan(LOG_BYTES + 100);
  expect(readFileSync(file, 'utf8').slice(-200)).toMatch(
    /ö\n\[postern\] this file ends here, at its limit of \d+ bytes\n$/,
  );
  rmSync(folder, { recursive: true });

  const kept = gatewayLog.since(0);
  expect(kept.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(LOG_CHARACTERS * 1.5 + 4_000);
  expect(kept.at(-1)?.text).toBe('the last line');
  expect(kept.at(-1)?.index).toBe(gatewayLog.mark() - 1);
});
