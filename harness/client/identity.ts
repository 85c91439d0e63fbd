import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A device as the gateway knows it: an Ed25519 key pair, and an id that is the hash of its public half. */
export type Identity = {
  /** Lower-case hex SHA-256 of the raw public key. */
  deviceId: string;
  /** base64url of the 32 raw bytes of the public key. */
  publicKey: string;
  privateKey: KeyObject;
};

/** The two texts that gateways accept under a signature. 2026.2.17 and 2026.2.19 know v2 alone; later releases take both. */
export type PayloadVersion = 'v2' | 'v3';

/** What a device signs when it connects. */
export type SignedFields = {
  deviceId: string;
  clientId: string;
  clientMode: string;
  role: string;
  scopes: readonly string[];
  signedAtMs: number;
  /** The credential that is sent along: token, else device token, else bootstrap token, else empty. */
  token: string;
  nonce: string;
  platform: string;
  deviceFamily: string;
};

/** A new identity; nothing is written anywhere. */
export function createIdentity(): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const jwk = publicKey.export({ format: 'jwk' });
  if (jwk.x === undefined) throw new Error('an Ed25519 public key exported without its x coordinate');
  const raw = Buffer.from(jwk.x, 'base64url');
  return { deviceId: createHash('sha256').update(raw).digest('hex'), publicKey: jwk.x, privateKey };
}

/** The text under the signature: fields joined by `|`; v3 adds platform and device family, trimmed and in lower case. */
export function signedText(version: PayloadVersion, fields: SignedFields): string {
  const common = [
    version,
    fields.deviceId,
    fields.clientId,
    fields.clientMode,
    fields.role,
    fields.scopes.join(','),
    String(fields.signedAtMs),
    fields.token,
    fields.nonce,
  ];
  if (version === 'v3') common.push(fields.platform.trim().toLowerCase(), fields.deviceFamily.trim().toLowerCase());
  return common.join('|');
}

/** base64url signature of the text by the identity's key. */
export function signWith(identity: Identity, text: string): string {
  return sign(null, Buffer.from(text), identity.privateKey).toString('base64url');
}
