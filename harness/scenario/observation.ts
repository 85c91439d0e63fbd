import { z } from 'zod';
import { freeText } from './free-text.ts';

/**
 * What can be seen, in the shapes that checks compare and reports show. It stands with the scenarios because it is the
 * vocabulary of their `expect` and `symptom` parts; the schemas are also the source of the types and of the report's schema.
 */

/** Why a gateway said no, in one word per cause, whatever the release calls it. */
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
  /** The client, or the page, is of another build than the gateway. */
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

/** What the gateway did with one knock. Timeout, crash and unreachable stand apart: they are never a refusal. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('admitted'),
    role: freeText,
    /** Scopes the session really holds: granted in hello-ok, each proved by a call that needs it. */
    scopes: z.array(freeText),
    protocol: z.number(),
    /** Whether the gateway handed out a device token. */
    deviceToken: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('refused'),
    /** `http`: before the upgrade. `handshake`: with a WebSocket close frame. */
    at: z.enum(['http', 'handshake']),
    /** Close code of the frame (1005: a frame without one), or the HTTP status. */
    code: z.number(),
    cause: causeSchema,
    /** `error.details.code` where Postern does not know it: then the cause is `unstated`. Absent otherwise. */
    unknownCode: freeText.optional(),
    /** The gateway's own finer word, such as scope-upgrade or token_mismatch; null where it gives none. */
    reason: freeText.nullable(),
    text: freeText,
  }),
  z.strictObject({ kind: z.literal('timeout'), phase: z.string(), afterMs: z.number() }),
  z.strictObject({ kind: z.literal('crash'), phase: z.string(), text: freeText }),
  z.strictObject({ kind: z.literal('unreachable'), text: freeText }),
  z.strictObject({ kind: z.literal('unreadable'), phase: z.string(), text: freeText }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What a knock did to the pairing list, read through the gateway's own protocol. */
export const pairingDecisionSchema = z.enum([
  /** The device is on no list. */
  'none',
  /** A request waits for an operator. */
  'pending',
  /** Paired, or given more, without anyone being asked. */
  'approved-silently',
  /** Paired, or given more, by an operator's decision. */
  'approved-by-operator',
  /** It was waiting, and an operator said no. */
  'rejected',
  /** It was waiting or paired before, and is on no list now. */
  'removed',
  /** What the lists say of the device did not change. */
  'unchanged',
]);
export type PairingDecision = z.infer<typeof pairingDecisionSchema>;

/** A structured reading of one log line about access. */
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
  /** The connection was to end, and had not after so long. */
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

/** Everything that one step showed. Parts that a step cannot show are absent. */
export const observationSchema = z.strictObject({
  outcome: outcomeSchema.optional(),
  pairing: pairingDecisionSchema.optional(),
  audit: z.array(auditEventSchema).optional(),
  answer: answerSchema.optional(),
  command: commandResultSchema.optional(),
  /** What a tool answered in a turn, as the conversation shows it. */
  tool: z.strictObject({ name: freeText, text: freeText }).optional(),
  rows: pairingRowsSchema.optional(),
  http: z.strictObject({ status: z.number(), body: freeText }).optional(),
  /** What a person reads on a page in the browser, and its address. */
  page: z.strictObject({ url: freeText, text: freeText }).optional(),
  /** Lifecycle steps: the gateway was admitted to again, in this release. */
  ready: z.strictObject({ version: freeText, afterMs: z.number() }).optional(),
  /** The ways in which knocks were turned away meanwhile, each once, in the order in which they were met. */
  turnedAway: z.array(z.strictObject({ code: z.number(), cause: causeSchema })).optional(),
  /** Of the steps that were carried out together, how many were answered or admitted. */
  succeeded: z.number().optional(),
  /** A gateway that was expected to refuse to start did so, with these last words. */
  exited: z.strictObject({ exitCode: z.number(), lastLines: freeText }).optional(),
  /**
   * Secrets, by name and place, that the gateway did not keep: it showed them where they do not belong (in its log, or to a client that
   * had not shown them itself), or it issued as a token what is no secret, but a word, a short text or something that everybody knows.
   */
  leaked: z.array(freeText).optional(),
  /** Why the step could not be carried out, for want of something an earlier step should have given; nothing else is present then. */
  notCarriedOut: freeText.optional(),
  /** What failed around the gateway: the engine, a boot, the harness itself; nothing else is present then. */
  environmentFailed: freeText.optional(),
});
export type Observation = z.infer<typeof observationSchema>;
