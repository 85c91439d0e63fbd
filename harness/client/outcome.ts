import { z } from 'zod';
import type { Cause, Outcome } from '../scenario/schema/observation.ts';
import type { ErrorShape, HandshakeEnd } from './transcript.ts';

/**
 * The cause by `error.details.code`. The codes are the same on all releases that have them; 2026.2.19 has none.
 * A code without a row gives the cause `unstated`: the message that comes with an unknown code proves nothing.
 */
const CAUSE_OF_DETAIL: Readonly<Record<string, Cause>> = {
  PAIRING_REQUIRED: 'pairing-required',
  AUTH_REQUIRED: 'credentials',
  AUTH_UNAUTHORIZED: 'credentials',
  AUTH_TOKEN_MISSING: 'credentials',
  AUTH_TOKEN_MISMATCH: 'credentials',
  AUTH_TOKEN_NOT_CONFIGURED: 'credentials',
  AUTH_PASSWORD_MISSING: 'credentials',
  AUTH_PASSWORD_MISMATCH: 'credentials',
  AUTH_PASSWORD_NOT_CONFIGURED: 'credentials',
  AUTH_BOOTSTRAP_TOKEN_INVALID: 'credentials',
  AUTH_DEVICE_TOKEN_MISMATCH: 'credentials',
  AUTH_SCOPE_MISMATCH: 'credentials',
  AUTH_TAILSCALE_IDENTITY_MISSING: 'credentials',
  AUTH_TAILSCALE_PROXY_MISSING: 'credentials',
  AUTH_TAILSCALE_WHOIS_FAILED: 'credentials',
  AUTH_TAILSCALE_IDENTITY_MISMATCH: 'credentials',
  AUTH_IDENTITY_HEADER_REQUIRED: 'credentials',
  AUTH_VERIFIED_USER_REQUIRED: 'credentials',
  AUTH_RATE_LIMITED: 'rate-limit',
  DEVICE_IDENTITY_REQUIRED: 'device-identity-required',
  CONTROL_UI_DEVICE_IDENTITY_REQUIRED: 'device-identity-required',
  CONTROL_UI_ORIGIN_NOT_ALLOWED: 'origin',
  DEVICE_AUTH_INVALID: 'device-signature',
  DEVICE_AUTH_DEVICE_ID_MISMATCH: 'device-signature',
  DEVICE_AUTH_SIGNATURE_EXPIRED: 'device-signature',
  DEVICE_AUTH_SIGNATURE_INVALID: 'device-signature',
  DEVICE_AUTH_NONCE_REQUIRED: 'device-signature',
  DEVICE_AUTH_NONCE_MISMATCH: 'device-signature',
  DEVICE_AUTH_PUBLIC_KEY_INVALID: 'device-signature',
  PROTOCOL_MISMATCH: 'protocol',
  CONTROL_UI_BUILD_MISMATCH: 'client-version',
  CLIENT_VERSION_MISMATCH: 'client-version',
  AUTHENTICATED_PROFILE_UNAVAILABLE: 'profile-unavailable',
  OPERATOR_ACCESS_DENIED: 'access-denied',
  PAIRING_REJECTED: 'pairing-rejected',
  PAIRING_EXPIRED: 'pairing-expired',
};

/** The cause that an error code (`error.details.code`) stands for; `unstated` for a code without a row in the table. */
export function causeOfErrorCode(code: unknown): Cause {
  return lookUp(CAUSE_OF_DETAIL, code) ?? 'unstated';
}

/** Gives those of these error codes that have no row in the table. A refusal with such a code has the cause `unstated`. */
export function unknownErrorCodes(codes: readonly string[]): string[] {
  return codes.filter((code) => causeOfErrorCode(code) === 'unstated');
}

/** The cause by `reason` or `authReason`, or by the type of an HTTP error, if that is more precise than the code in the same answer. */
const CAUSE_OF_REASON: Readonly<Record<string, Cause>> = {
  proxy_attribution_required: 'proxy-attribution',
  rate_limited: 'rate-limit',
  'startup-sidecars': 'starting',
};

/** The cause by close code, for codes with one meaning before hello. 1008 has many; 1013 also means that a user profile cannot be read. */
const CAUSE_OF_CLOSE: Readonly<Record<number, Cause>> = { 1002: 'protocol', 1009: 'malformed' };

/**
 * The cause by error code and beginning of the message, for releases without `details.code`. It is used only if no other table applies.
 * `NOT_PAIRED` alone has no cause: 2026.2.19 sends it to a device that waits for approval, and to a client without a device.
 */
const CAUSE_OF_MESSAGE: readonly { code: string; begins: string; cause: Cause }[] = [
  { code: 'NOT_PAIRED', begins: 'pairing required', cause: 'pairing-required' },
  { code: 'NOT_PAIRED', begins: 'device identity required', cause: 'device-identity-required' },
  { code: 'INVALID_REQUEST', begins: 'control ui requires', cause: 'device-identity-required' },
  { code: 'INVALID_REQUEST', begins: 'unauthorized: too many failed authentication attempts', cause: 'rate-limit' },
  { code: 'INVALID_REQUEST', begins: 'unauthorized', cause: 'credentials' },
  { code: 'INVALID_REQUEST', begins: 'device signature', cause: 'device-signature' },
  { code: 'INVALID_REQUEST', begins: 'device nonce', cause: 'device-signature' },
  { code: 'INVALID_REQUEST', begins: 'device public key', cause: 'device-signature' },
  { code: 'INVALID_REQUEST', begins: 'device identity mismatch', cause: 'device-signature' },
  { code: 'INVALID_REQUEST', begins: 'origin not allowed', cause: 'origin' },
  { code: 'INVALID_REQUEST', begins: 'invalid connect params', cause: 'malformed' },
  { code: 'INVALID_REQUEST', begins: 'invalid handshake', cause: 'malformed' },
  { code: 'INVALID_REQUEST', begins: 'invalid request frame', cause: 'malformed' },
  { code: 'INVALID_REQUEST', begins: 'invalid role', cause: 'malformed' },
  { code: 'UNAVAILABLE', begins: 'gateway starting', cause: 'starting' },
];

/** The cause by status and beginning of the body, for HTTP answers before the upgrade that have no error type. */
const CAUSE_OF_HTTP: readonly { status: number; begins: string; cause: Cause }[] = [
  { status: 401, begins: '', cause: 'credentials' },
  { status: 429, begins: '', cause: 'rate-limit' },
  { status: 503, begins: 'Gateway websocket handlers unavailable', cause: 'starting' },
  { status: 503, begins: 'Too many unauthenticated sockets', cause: 'rate-limit' },
];

/** How many characters of an HTTP body are kept as evidence. */
const KEPT_BODY = 2_000;

/**
 * `hello-ok` of every release. From 2026.2 to 2026.4 it has no `auth` if a client without a device was admitted with its scopes cleared;
 * later releases send an empty list of scopes.
 */
const helloShape = z.object({
  type: z.literal('hello-ok'),
  protocol: z.number(),
  auth: z
    .object({
      role: z.string().default('unstated'),
      scopes: z.array(z.string()).default([]),
      deviceToken: z.string().default(''),
    })
    .optional(),
});

const httpErrorShape = z.object({ error: z.object({ type: z.string() }) });

/**
 * Gives the outcome of a knock from the end of its handshake: by code, and by message only if a release gives no code.
 * `provenScopes` are the scopes that calls on the open connection proved; they take precedence over those in hello-ok. null: no calls.
 * An end that is no decision about access (silence, a lost connection, a proxy that does not reach the gateway) is never `refused`. A
 * refusal that cannot be read, or that came before the client sent its connect request, has the cause `unstated`, which no expectation
 * matches.
 * Does not throw.
 */
export function readOutcome(end: HandshakeEnd, provenScopes: readonly string[] | null): Outcome {
  switch (end.kind) {
    case 'hello':
      return readHello(end.payload, provenScopes);
    case 'closed':
      return {
        kind: 'refused',
        at: 'handshake',
        code: end.code,
        cause: causeOfClose(end),
        ...unknownCodeOf(end.error),
        reason: reasonOf(end.error),
        text: end.error?.message || end.reason,
      };
    case 'http':
      return readHttp(end.status, end.body.slice(0, KEPT_BODY));
    case 'dropped':
      return {
        kind: 'crash',
        phase: end.phase,
        text: `the connection ended without a close frame${end.error === null ? '' : `, after "${end.error.message}"`}`,
      };
    case 'timeout':
      return { kind: 'timeout', phase: end.phase, afterMs: end.afterMs };
    case 'unreachable':
      return { kind: 'unreachable', text: end.why };
    case 'unreadable':
      return { kind: 'unreadable', phase: end.phase, text: end.why };
  }
}

function readHello(payload: Record<string, unknown>, provenScopes: readonly string[] | null): Outcome {
  const hello = helloShape.safeParse(payload);
  if (!hello.success) {
    const where = hello.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    return { kind: 'unreadable', phase: 'awaiting-hello', text: `a hello that cannot be read: ${where}` };
  }
  const { auth, protocol } = hello.data;
  return {
    kind: 'admitted',
    role: auth?.role ?? 'unstated',
    scopes: [...(provenScopes ?? auth?.scopes ?? [])],
    protocol,
    deviceToken: (auth?.deviceToken ?? '') !== '',
  };
}

/** How many characters of an unknown error code are kept as evidence. */
const KEPT_CODE = 80;

function unknownCodeOf(error: ErrorShape | null): { unknownCode?: string } {
  const code = error?.details.code;
  if (typeof code !== 'string' || unknownErrorCodes([code]).length === 0) return {};
  return { unknownCode: code.slice(0, KEPT_CODE) };
}

function reasonOf(error: ErrorShape | null): string | null {
  const given = error?.details.reason ?? error?.details.authReason;
  return typeof given === 'string' && given !== '' ? given : null;
}

function causeOfClose(end: Extract<HandshakeEnd, { kind: 'closed' }>): Cause {
  if (end.phase !== 'awaiting-hello' && end.phase !== 'awaiting-close') return 'unstated';
  const { error } = end;
  const byReason = lookUp(CAUSE_OF_REASON, reasonOf(error));
  if (byReason !== undefined) return byReason;
  // 2026.8.1 and later refuse a page of another build with the code for a protocol mismatch, after all other checks.
  if (error?.details.reloadRequired === true) return 'client-version';
  const detail = error?.details.code;
  if (detail !== undefined) return causeOfErrorCode(detail);
  const byClose = lookUp(CAUSE_OF_CLOSE, end.code);
  if (byClose !== undefined) return byClose;
  const message = error?.message ?? end.reason;
  const row = CAUSE_OF_MESSAGE.find(
    ({ code, begins }) => (error === null || error.code === code) && message.startsWith(begins),
  );
  return row?.cause ?? 'unstated';
}

function readHttp(status: number, body: string): Outcome {
  const text = `HTTP ${status} ${body}`.trim();
  // A proxy answers 502 or 504 if it cannot reach the gateway; 500 is an error inside the gateway.
  if (status === 502 || status === 504) return { kind: 'unreachable', text };
  if (status === 500) return { kind: 'crash', phase: 'upgrading', text };
  if (status < 400) return { kind: 'unreadable', phase: 'upgrading', text: `no upgrade: ${text}` };
  const type = errorTypeOf(body);
  const row = CAUSE_OF_HTTP.find((candidate) => candidate.status === status && body.startsWith(candidate.begins));
  const cause = lookUp(CAUSE_OF_REASON, type) ?? row?.cause ?? 'unstated';
  return { kind: 'refused', at: 'http', code: status, cause, reason: type, text };
}

function errorTypeOf(body: string): string | null {
  try {
    return httpErrorShape.safeParse(JSON.parse(body)).data?.error.type ?? null;
  } catch {
    return null; // a body that is not JSON has no error type; the cause is then read from status and body
  }
}

/** Gives the cause of a key. Only own keys of the table count: an inherited one such as "constructor" is no row. */
function lookUp(table: Readonly<Record<string, Cause>>, key: unknown): Cause | undefined {
  const name = typeof key === 'string' || typeof key === 'number' ? `${key}` : '';
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
