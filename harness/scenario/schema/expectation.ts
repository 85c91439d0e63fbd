import { z } from 'zod';
import { auditEventSchema, causeSchema, pairingDecisionSchema } from './observation.ts';
import { words } from './text-schemas.ts';

/**
 * The schema of expectations. `expect` (right behaviour) and `symptom` (what users saw on affected releases) have the same schema, so
 * that a symptom is as precise as right behaviour. What `refusals` and `successes` are compared with is called `turnedAway` and `succeeded` in
 * an observation, because those are fields of report.json.
 */

const exactScopes = z
  .array(words, 'must be a list of all scopes')
  .describe('Exactly the scopes that the session holds, in any order. Postern proves each by a call that needs it.');

const admittedSchema = z.strictObject({
  role: words.optional().describe('The role that the session holds.'),
  scopes: exactScopes,
  deviceToken: z.boolean().optional().describe('Whether the gateway issues a device token.'),
});

const pageAdmittedSchema = admittedSchema.extend({
  scopes: z
    .union([exactScopes, z.strictObject({ atLeast: z.array(words).min(1) })])
    .describe(
      "A list: exactly these scopes. atLeast: these and possibly more, for the gateway's own page, which asks for more scopes with every release.",
    ),
});

export const refusedSchema = z
  .strictObject({
    at: z
      .enum(['handshake', 'http'])
      .default('handshake')
      .describe('handshake: with a WebSocket close frame. http: before the WebSocket upgrade.'),
    code: z
      .int()
      .describe('The close code, or the HTTP status. A connection that ends without a close frame matches no code.'),
    cause: causeSchema
      .exclude(['unstated'])
      .describe(
        'The cause, as the word that is the same on every release. A refusal whose cause Postern cannot read matches none.',
      ),
    reason: words
      .optional()
      .describe(
        'The more precise reason that the gateway gives: scope-upgrade, role-upgrade, metadata-upgrade, not-paired, token_mismatch, …',
      ),
  })
  .describe('The gateway refuses, for exactly this reason.');

/** A pattern for audit events. An event matches if every field that the pattern gives is equal; lists may be in any order. */
export const auditPatternSchema = auditEventSchema
  .omit({ line: true, device: true, conn: true })
  .partial()
  .required({ event: true });

const text = z.strictObject({ contains: words }).describe('The text must contain exactly these characters.');

/** Part of a JSON object. The observed object must have each of its keys; lists and plain values must be equal as a whole. */
const part = z.record(z.string(), z.json());

/** The expectation of a step of any kind. */
export const expectationSchema = z.strictObject({
  admitted: pageAdmittedSchema.optional(),
  refused: refusedSchema.optional(),
  pairing: z
    .union([pairingDecisionSchema, z.array(pairingDecisionSchema).min(2)])
    .optional()
    .describe(
      'What the knock changed for its device in the pairing list. A list: any of these, where releases rightly differ.',
    ),
  audit: z
    .array(auditPatternSchema)
    .min(1)
    .optional()
    .describe('Audit events that the gateway must log for this step.'),
  notLogged: z
    .array(auditEventSchema.shape.event)
    .min(1)
    .optional()
    .describe('Audit events that the gateway must not log for this step.'),
  answered: part.optional().describe('The gateway answers the call, and the payload has at least these parts.'),
  denied: z
    .strictObject({ message: text })
    .optional()
    .describe('The gateway denies the call on an open connection, with this message.'),
  tool: text.optional().describe('The text that the tool returns to the agent, and so to the person who asked.'),
  exit: z
    .union([z.int(), z.literal('failure')])
    .optional()
    .describe('The exit code of the command. failure: any code but 0.'),
  output: text.optional().describe('The text on stdout or stderr of the command.'),
  rows: z
    .strictObject({ paired: z.int().min(0), pending: z.int().min(0) })
    .optional()
    .describe(
      'The number of rows that the pairing list gained since the scenario began, without that of the operator.',
    ),
  closed: z
    .strictObject({ code: z.union([z.int(), z.array(z.int()).min(2)]) })
    .optional()
    .describe(
      'The gateway closes the open connection with this code. A list: any of these, where releases rightly differ.',
    ),
  status: z.int().optional().describe('The HTTP status of the answer.'),
  body: text.optional().describe('The text in the body of the HTTP answer.'),
  page: text.optional().describe('The text that a person reads on the page.'),
  ready: z.literal(true).optional().describe('The gateway admits clients again.'),
  refusals: z
    .array(z.strictObject({ code: z.int(), cause: causeSchema.exclude(['unstated']) }))
    .optional()
    .describe('The refusals of valid knocks on loopback while the gateway starts: all of these, and no other.'),
  successes: z
    .int()
    .min(0)
    .optional()
    .describe('The number of steps in `together` that the gateway answered or admitted.'),
  exited: z
    .strictObject({ log: text })
    .optional()
    .describe('The gateway refuses to start, with these words in its log.'),
});

const attempt = { admitted: true, refused: true, pairing: true, audit: true, notLogged: true } as const;
const decision = expectationSchema.pick({ answered: true, denied: true });
const command = expectationSchema.pick({ exit: true, output: true });
const start = expectationSchema.pick({ ready: true, exited: true, refusals: true });

/**
 * The expectation schema of each kind of step: only the parts that a step of the kind can show. For a knock every scope is named, because
 * the harness knows which scopes its client holds.
 */
export const EXPECTATION_FOR = {
  knock: expectationSchema.pick(attempt).extend({ admitted: admittedSchema.optional() }),
  call: expectationSchema.pick({ answered: true, denied: true, closed: true }),
  turn: expectationSchema.pick({ tool: true }),
  frames: expectationSchema.pick({ closed: true }),
  cli: command,
  approve: decision,
  reject: decision,
  rotate: decision,
  revoke: decision,
  remove: decision,
  bootstrap: command,
  rows: expectationSchema.pick({ rows: true }),
  files: expectationSchema.pick({}),
  http: expectationSchema.pick({ status: true, body: true }),
  browser: expectationSchema.pick({ ...attempt, page: true }),
  restart: start,
  recreate: start,
  upgrade: start,
  configure: start,
  wait: expectationSchema.pick({ closed: true, pairing: true }),
  together: expectationSchema.pick({ successes: true }),
} as const;

export type Expectation = z.infer<typeof expectationSchema>;
export type AuditPattern = z.infer<typeof auditPatternSchema>;
