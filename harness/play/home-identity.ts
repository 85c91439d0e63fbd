import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { Identity } from '../client/identity.ts';
import { needed, type Stage } from '../gateway/stage.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';

/** `identity/device.json` as every release up to the move to SQLite writes it. */
const fileSchema = z.object({ deviceId: z.string(), publicKeyPem: z.string(), privateKeyPem: z.string() });

/** The identity that the gateway process and the command in its container share; null where the home holds none. */
export async function readHomeIdentity(stage: Stage, secretRegistry: SecretRegistry): Promise<Identity | null> {
  const text = await needed(stage, 'home').read('identity/device.json');
  if (text === null) return null;
  const parsed = fileSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  // A log has it line by line. The first and the last line of it are the same in every key, and no secret.
  for (const line of parsed.data.privateKeyPem.split(/\r?\n/)) secretRegistry.learn('private key of the home', line);
  const privateKey = createPrivateKey(parsed.data.privateKeyPem);
  const jwk = privateKey.export({ format: 'jwk' });
  return jwk.x === undefined ? null : { deviceId: parsed.data.deviceId, publicKey: jwk.x, privateKey };
}
