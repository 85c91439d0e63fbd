import { z } from 'zod';
import { freeText } from './free-text.ts';

/**
 * The schemas of observations, which checks compare and reports show. They are in this folder because the `expect` and `symptom` parts of
 * scenarios use the same vocabulary. The types and the schema of the report are derived from them.
 */

/** The cause of a refusal, as one word that is the same on every release. */
export const causeSchema = z.enum([
  'pairing-required',
  'credentials',
  'device-identity-required',
  'device-signature',
  'origin',
  'protocol',
  'rate-limit',
  'proxy-attribution',
  'malformed',
  'starting',
  'handshake-timeout',
  /** The client or the page has another build than the gateway. */
  'client-version',
  /** The signed-in person may not operate this gateway. */
  'access-denied',
  /** The gateway could not read who is signed in. */
  'profile-unavailable',
  'pairing-rejected',
  'pairing-expired',
  'unstated',
]);
export type Cause = z.infer<typeof causeSchema>;

/** What the gateway did with one knock. Timeout, crash and unreachable are outcomes of their own, never a refusal. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('admitted'),
    role: freeText,
    /** The scopes that the session holds: granted in hello-ok, each proved by a call that needs it. */
    scopes: z.array(freeText),
    protocol: z.number(),
    /** Whether the gateway issued a device token. */
    deviceToken: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('refused'),
    /** `http`: before the upgrade. `handshake`: with a WebSocket close frame. */
    at: z.enum(['http', 'handshake']),
    /** Close code of the frame (1005: a frame without one), or the HTTP status. */
    code: z.number(),
    cause: causeSchema,
    /** The value of `error.details.code` if Postern does not know it; then the cause is `unstated`. Absent otherwise. */
    unknownCode: freeText.optional(),
    /** The more precise reason of the gateway, such as scope-upgrade or token_mismatch; null if it gives none. */
    reason: freeText.nullable(),
    text: freeText,
  }),
  z.strictObject({ kind: z.literal('timeout'), phase: z.string(), afterMs: z.number() }),
  z.strictObject({ kind: z.literal('crash'), phase: z.string(), text: freeText }),
  z.strictObject({ kind: z.literal('unreachable'), text: freeText }),
  z.strictObject({ kind: z.literal('unreadable'), phase: z.string(), text: freeText }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What a knock changed for its device in the pairing list, which Postern reads through the gateway's own protocol. */
export const pairingDecisionSchema = z.enum([
  /** The device is not on the pairing list. */
  'none',
  /** A request waits for an operator. */
  'pending',
  /** The gateway paired the device, or extended its approval, without asking an operator. */
  'approved-silently',
  /** An operator's decision paired the device, or extended its approval. */
  'approved-by-operator',
  /** An operator rejected the pending request. */
  'rejected',
  /** The device was pending or paired before, and is not on the pairing list now. */
  'removed',
  /** The entry of the device did not change. */
  'unchanged',
]);
export type PairingDecision = z.infer<typeof pairingDecisionSchema>;

/** An audit event: one log line about access, read into fields. */
export const auditEventSchema = z.strictObject({
  event: z.enum([
    'access-upgrade',
    'metadata-upgrade',
    'auto-approved',
    'pairing-requested',
    'pairing-approved',
    'pairing-denied',
    'proxy-headers-untrusted',
    'host-not-local',
    'unauthorized',
    'refused',
  ]),
  reason: freeText.optional(),
  device: freeText.optional(),
  conn: freeText.optional(),
  role: freeText.optional(),
  roleFrom: freeText.optional(),
  roleTo: freeText.optional(),
  scopesFrom: z.array(freeText).optional(),
  scopesTo: z.array(freeText).optional(),
  ip: freeText.optional(),
  forwarded: freeText.optional(),
  code: z.number().optional(),
  /** The line itself, redacted. */
  line: freeText,
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** How an RPC on an open connection ended. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answered'), payload: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal('denied'), code: freeText, message: freeText }),
  z.strictObject({ kind: z.literal('closed'), code: z.number(), reason: freeText }),
  z.strictObject({ kind: z.literal('timeout'), afterMs: z.number() }),
  /** The connection should have ended, and was still open after `afterMs`. */
  z.strictObject({ kind: z.literal('open'), afterMs: z.number() }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** How a run of the real `openclaw` command ended. */
export const commandResultSchema = z.strictObject({
  argv: z.array(freeText),
  exitCode: z.number(),
  stdout: freeText,
  stderr: freeText,
});
export type CommandResult = z.infer<typeof commandResultSchema>;

/** How many rows of the gateway's pairing list belong to the scenario's clients. */
export const pairingRowsSchema = z.strictObject({ paired: z.number(), pending: z.number() });

/** What a step showed. Parts that a step of its kind does not show, or that could not be read, are absent. */
export const shownSchema = z.strictObject({
  /** Knocks: what the gateway did. */
  outcome: outcomeSchema.optional(),
  /** Knocks, decisions, and a `wait` for the end of a request. */
  pairing: pairingDecisionSchema.optional(),
  /** Knocks whose log was read whole. */
  audit: z.array(auditEventSchema).optional(),
  /** Calls, decisions, frames, and a `wait` for the end of a connection. */
  answer: answerSchema.optional(),
  command: commandResultSchema.optional(),
  /** The answer of a tool in a turn, as the conversation shows it. */
  tool: z.strictObject({ name: freeText, text: freeText }).optional(),
  rows: pairingRowsSchema.optional(),
  http: z.strictObject({ status: z.number(), body: freeText }).optional(),
  /** The text of a page that a person reads in the browser, and its address. */
  page: z.strictObject({ url: freeText, text: freeText }).optional(),
  /** Lifecycle steps: the gateway admitted clients again after `afterMs`, and reports this version. */
  ready: z.strictObject({ version: freeText, afterMs: z.number() }).optional(),
  /** The refusals of knocks while the gateway started, each kind once, in order. */
  turnedAway: z.array(z.strictObject({ code: z.number(), cause: causeSchema })).optional(),
  /** The number of steps in `together` that the gateway answered or admitted. */
  succeeded: z.number().optional(),
  /** The gateway refused to start, as expected; the end of its log. */
  exited: z.strictObject({ exitCode: z.number(), lastLines: freeText }).optional(),
  /**
   * Secrets, by name and place, that the gateway disclosed: in its log, or to a client that had not presented them. Also tokens that it
   * issued and that are not secret: a word, a short text, or a publicly known value.
   */
  leaked: z.array(freeText).optional(),
});

export type Shown = z.infer<typeof shownSchema>;

/** Why a step could not be carried out: an earlier step did not give what it needs. */
export const notCarriedOutSchema = z.strictObject({ notCarriedOut: freeText });

/** What failed outside of the gateway: the engine, a boot, or the harness. A secret in an answer that is too long to be kept still counts. */
export const environmentFailedSchema = z.strictObject({
  environmentFailed: freeText,
  leaked: z.array(freeText).optional(),
});

type Kinds = Shown | z.infer<typeof notCarriedOutSchema> | z.infer<typeof environmentFailedSchema>;
type KeyOf<Kind> = Kind extends unknown ? keyof Kind : never;
/** The kind without the fields of the others, so that no value mixes two kinds, and each field can be asked for in all of them. */
type Only<Kind> = Kind extends unknown ? Kind & { [K in Exclude<KeyOf<Kinds>, keyof Kind>]?: never } : never;

/** Everything that one step showed, or why it showed nothing. */
export type Observation = Only<Kinds>;
export const observationSchema: z.ZodType<Observation> = z.union([
  shownSchema,
  notCarriedOutSchema,
  environmentFailedSchema,
]);

/** Whether the step was carried out, so that the observation is one of the gateway. */
export function isShown(observation: Observation): observation is Only<Shown> {
  return observation.notCarriedOut === undefined && observation.environmentFailed === undefined;
}
