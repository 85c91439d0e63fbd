import { describe, expect, test } from 'vitest';
import { unknownErrorCodes } from '../client/outcome.ts';
import { waitOnThisMachine } from '../limits.ts';
import { connectEngine } from './engine.ts';
import { errorCodesIn, shippedErrorCodes } from './error-codes.ts';
import { ensureImage } from './image.ts';
import { prepareEngine } from './prepare-engine.ts';
import { parseReference, resolveReference } from './reference.ts';

const TABLE = `const ConnectErrorDetailCodes = {
	AUTH_REQUIRED: "AUTH_REQUIRED",
	PAIRING_REQUIRED: "PAIRING_REQUIRED",
	NOT_ITS_NAME: "ANOTHER_NAME"
};
const ConnectPairingRequiredReasons = {
	LATER: "LATER"
};
`;

test('codes are the entries of the table that are their own names', () => {
  expect(errorCodesIn(TABLE)).toEqual(['AUTH_REQUIRED', 'PAIRING_REQUIRED']);
});

test('a text without the table has none', () => {
  expect(errorCodesIn('')).toEqual([]);
  expect(errorCodesIn('const ConnectErrorDetailCodes = { AUTH_REQUIRED: "AUTH_REQUIRED"')).toEqual([]);
});

describe('a published release', { timeout: waitOnThisMachine(240_000) }, () => {
  test('ships codes, and Postern knows each of them', async () => {
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

  test('without a package where Postern installs one, there is nothing to learn from', async () => {
    const engine = await connectEngine();
    const { base } = await prepareEngine(engine, () => {});
    expect(await shippedErrorCodes(engine, base.id)).toBe(null);
  });
});
