import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** The identity of a device: an Ed25519 key pair, and an id that is the hash of the public key. */
export type Identity = {
  /** Lower-case hex SHA-256 of the raw public key. */
  deviceId: string;
  /** base64url of the 32 raw bytes of the public key. */
  publicKey: string;
  privateKey: KeyObject;
};

/** The two versions of the signed text. 2026.2.17 and 2026.2.19 accept only v2; later releases accept both. */
export type PayloadVersion = 'v2' | 'v3';

/** The fields that a device signs when it connects. */
export type SignedFields = {
  deviceId: string;
  clientId: string;
  clientMode: string;
  role: string;
  scopes: readonly string[];
  signedAtMs: number;
  /** The credential in the same request: the token, else the device token, else the bootstrap token, else ''. */
  token: string;
  nonce: string;
  platform: string;
  deviceFamily: string;
};

/** Makes a new identity, in memory only. */
export function createIdentity(): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const jwk = publicKey.export({ format: 'jwk' });
  if (jwk.x === undefined) throw new Error('an Ed25519 public key exported without its x coordinate');
  const raw = Buffer.from(jwk.x, 'base64url');
  return { deviceId: createHash('sha256').update(raw).digest('hex'), publicKey: jwk.x, privateKey };
}

/** Gives the text to sign: fields joined by `|`. v3 adds platform and device family, trimmed and in lower case. */
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

/** Gives the Ed25519 signature of the text by the identity's key, in base64url. */
export function signWith(identity: Identity, text: string): string {
  return sign(null, Buffer.from(text), identity.privateKey).toString('base64url');
}
