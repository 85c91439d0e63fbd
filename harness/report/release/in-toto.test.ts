import { expect, test } from 'vitest';
import { z } from 'zod';
import { renderInToto } from './in-toto.ts';
import { HELD, SHIPS } from './release.fixture.ts';

/** What the specification asks of a Statement v1: in-toto attestation framework, spec/v1/statement.md and digest_set.md. */
const statementSchema = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        digest: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      }),
    )
    .min(1),
  predicateType: z.string().regex(/^[a-z][a-z0-9+.-]*:\S+$/),
  predicate: z.record(z.string(), z.unknown()),
});

test('the statement has the tarball and the image as subjects, and every digest of the decision', async () => {
  const text = renderInToto(HELD, 'd'.repeat(64));
  expect(statementSchema.parse(JSON.parse(text)).subject.map(({ name }) => name)).toEqual([
    'openclaw-current.tgz',
    'postern/gateway:2026.9.7-beta.1-2c41d7e0b95a',
  ]);
  await expect(text).toMatchFileSnapshot('golden/held.intoto.json.golden');
});

test('a candidate without a tarball has the image alone', () => {
  const { subject } = statementSchema.parse(JSON.parse(renderInToto(SHIPS, 'd'.repeat(64))));
  expect(subject.map(({ name }) => name)).toEqual(['postern/gateway:2026.4.20-0c41d7e0b95a']);
});

test('an image whose digest is no SHA-256 gets no statement', () => {
  const candidate = { ...SHIPS.candidate, digest: 'none' };
  expect(() => renderInToto({ ...SHIPS, candidate }, 'd'.repeat(64))).toThrow('is none, and no SHA-256');
});
