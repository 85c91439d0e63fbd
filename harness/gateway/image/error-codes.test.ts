import { describe, expect, test } from 'vitest';
import { unknownErrorCodes } from '../../client/outcome.ts';
import { waitOnThisMachine } from '../../limits.ts';
import { connectEngine } from '../engine/engine.ts';
import { parseReference, resolveReference } from '../source/reference.ts';
import { errorCodesIn, shippedErrorCodes } from './error-codes.ts';
import { ensureImage } from './image.ts';
import { prepareEngine } from './prepare-engine.ts';

const TABLE = `const ConnectErrorDetailCodes = {
	AUTH_REQUIRED: "AUTH_REQUIRED",
	PAIRING_REQUIRED: "PAIRING_REQUIRED",
	NOT_ITS_NAME: "ANOTHER_NAME"
};
const ConnectPairingRequiredReasons = {
	LATER: "LATER"
};
`;

test('codes are the entries of the table whose value equals their name', () => {
  expect(errorCodesIn(TABLE)).toEqual(['AUTH_REQUIRED', 'PAIRING_REQUIRED']);
});

test('a text without the table has no codes', () => {
  expect(errorCodesIn('')).toEqual([]);
  expect(errorCodesIn('const ConnectErrorDetailCodes = { AUTH_REQUIRED: "AUTH_REQUIRED"')).toEqual([]);
});

describe('a published release', { timeout: waitOnThisMachine(240_000) }, () => {
  test('has codes, and Postern knows each of them', async () => {
    const engine = await connectEngine();
    const say = (): void => {};
    const { base } = await prepareEngine(engine, say);
    const { id } = await ensureImage(
      engine,
      await resolveReference(parseReference('2026.4.1'), async () => ({ engine, base })),
      { base, say },
    );
    const codes = await shippedErrorCodes(engine, id);
    expect(codes).toContain('PAIRING_REQUIRED');
    expect(unknownErrorCodes(codes ?? [])).toEqual([]);
  });

  test('gives null for an image without an installed release', async () => {
    const engine = await connectEngine();
    const { base } = await prepareEngine(engine, () => {});
    expect(await shippedErrorCodes(engine, base.id)).toBe(null);
  });
});
