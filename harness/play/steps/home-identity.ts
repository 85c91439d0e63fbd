import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { Identity } from '../../client/identity.ts';
import { needed, type StageWith } from '../../gateway/stage/stage.ts';
import type { SecretRegistry } from '../../redaction/redactor.ts';

/** The format of `identity/device.json` on all releases before the identity moved to SQLite. */
const fileSchema = z.object({ deviceId: z.string(), publicKeyPem: z.string(), privateKeyPem: z.string() });

/**
 * Reads the identity that the gateway process and the command in its container share, and registers its private key as a secret.
 * Gives null if the home has none, or has it in another form.
 */
export async function readHomeIdentity(
  stage: StageWith<'home'>,
  secretRegistry: SecretRegistry,
): Promise<Identity | null> {
  const text = await needed(stage, 'home').read('identity/device.json');
  if (text === null) return null;
  const parsed = fileSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  // Each line of the key is registered, because a log has it line by line. The first and last line are the same in all keys, and no secret.
  for (const line of parsed.data.privateKeyPem.split(/\r?\n/)) secretRegistry.learn('private key of the home', line);
  const privateKey = createPrivateKey(parsed.data.privateKeyPem);
  const jwk = privateKey.export({ format: 'jwk' });
  return jwk.x === undefined ? null : { deviceId: parsed.data.deviceId, publicKey: jwk.x, privateKey };
}
