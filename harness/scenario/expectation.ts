import { z } from 'zod';
import { words } from './non-blank-text.ts';
import { auditEventSchema, causeSchema, pairingDecisionSchema } from './observation.ts';

/**
 * What a check may expect of a step, and what users saw where it is broken. One shape for both, so that a symptom is
 * held to the same precision as right behaviour.
 */

const exactScopes = z
  .array(words, 'a list that names every scope')
  .describe('Exactly the scopes that the session holds, in any order; each is proved by a call that needs it.');

const admittedSchema = z.strictObject({
  role: words.optional().describe('The role that the session holds.'),
  scopes: exactScopes,
  deviceToken: z.boolean().optional().describe('Whether the gateway hands out a device token.'),
});

const pageAdmittedSchema = admittedSchema.extend({
  scopes: z
    .union([exactScopes, z.strictObject({ atLeast: z.array(words).min(1) })])
    .describe("atLeast: for the gateway's own page, which asks for more with every release."),
});

export const refusedSchema = z
  .strictObject({
    at: z.enum(['handshake', 'http']).default('handshake').describe('With a close frame, or before the upgrade.'),
    code: z.int().describe('Close code, or HTTP status. A missing close frame matches no code.'),
    cause: causeSchema
      .exclude(['unstated'])
      .describe('Why, in the word that fits every release. A refusal whose cause cannot be read matches none.'),
    reason: words
      .optional()
      .describe('The finer word: scope-upgrade, role-upgrade, metadata-upgrade, not-paired, token_mismatch, …'),
  })
  .describe('Refused, for this reason and no other.');

/** An audit event that must have been written down; every field given must be equal, lists in any order. */
export const auditPatternSchema = auditEventSchema
  .omit({ line: true, device: true, conn: true })
  .partial()
  .required({ event: true });

const text = z.strictObject({ contains: words }).describe('Must stand in the text, letter for letter.');

/** A JSON value of which at least this much must be there: objects by key, lists and plain values as a whole. */
const part = z.record(z.string(), z.json());

/** What may be expected of a step of whatever kind. */
export const expectationSchema = z.strictObject({
  admitted: pageAdmittedSchema.optional(),
  refused: refusedSchema.optional(),
  pairing: z
    .union([pairingDecisionSchema, z.array(pairingDecisionSchema).min(2)])
    .optional()
    .describe('What became of the device on the pairing list; a list where releases rightly differ.'),
  audit: z
    .array(auditPatternSchema)
    .min(1)
    .optional()
    .describe('Events that the gateway must have written down about this very step.'),
  unlogged: z
    .array(auditEventSchema.shape.event)
    .min(1)
    .optional()
    .describe('Events that it must not have written down about it.'),
  answered: part.optional().describe('The call is answered, with at least this in the payload.'),
  denied: z
    .strictObject({ message: text })
    .optional()
    .describe('The call is denied on an open connection, for this reason.'),
  tool: text.optional().describe('What the tool told the agent, and so the person who asked, must contain.'),
  exit: z
    .union([z.int(), z.literal('failure')])
    .optional()
    .describe('Exit code of the command; failure: any but 0.'),
  output: text.optional().describe('What stdout or stderr of the command must contain.'),
  rows: z
    .strictObject({ paired: z.int().min(0), pending: z.int().min(0) })
    .optional()
    .describe('How many rows the pairing list gained since the scenario began, the operator of the harness left out.'),
  closed: z
    .strictObject({ code: z.union([z.int(), z.array(z.int()).min(2)]) })
    .optional()
    .describe('The open connection was closed with this code; a list where releases rightly differ.'),
  status: z.int().optional().describe('HTTP status of the answer.'),
  body: text.optional().describe('What the body of the HTTP answer must contain.'),
  page: text.optional().describe('What a person reads on the page must contain.'),
  ready: z.literal(true).optional().describe('The gateway admits again.'),
  turnedAway: z
    .array(z.strictObject({ code: z.int(), cause: causeSchema.exclude(['unstated']) }))
    .optional()
    .describe(
      'In which ways those who knock meanwhile, on loopback with everything right, are turned away: all of these, and no other.',
    ),
  succeeded: z
    .int()
    .min(0)
    .optional()
    .describe('How many of the steps that were carried out together were answered or admitted.'),
  exited: z
    .strictObject({ log: text })
    .optional()
    .describe('The gateway refuses to start, with these words in its log.'),
});

const visit = { admitted: true, refused: true, pairing: true, audit: true, unlogged: true } as const;
const decision = expectationSchema.pick({ answered: true, denied: true });
const command = expectationSchema.pick({ exit: true, output: true });
const start = expectationSchema.pick({ ready: true, exited: true, turnedAway: true });

/** What may be expected of each kind of step: the parts that it can show. What a client of the harness holds is known, so each scope is named. */
export const EXPECTATION_FOR = {
  knock: expectationSchema.pick(visit).extend({ admitted: admittedSchema.optional() }),
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
  browser: expectationSchema.pick({ ...visit, page: true }),
  restart: start,
  recreate: start,
  upgrade: start,
  configure: start,
  wait: expectationSchema.pick({ closed: true, pairing: true }),
  together: expectationSchema.pick({ succeeded: true }),
} as const;

export type Expectation = z.infer<typeof expectationSchema>;
export type AuditPattern = z.infer<typeof auditPatternSchema>;
