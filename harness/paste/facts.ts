import { z } from 'zod';

/**
 * The facts of a report. Each rests on one line of the paste. `value` is never redacted here: whoever shows a fact must redact it
 * (harness/paste/hide.ts).
 */

/** How far a fact can be relied on, best first. */
export const SOURCES = [
  /** A program of the user printed it, or it stands in a configuration. */
  'printed',
  /** The user says so. */
  'stated',
  /** An answer says so: a bot, another person, a quoted reply. It is no observation of the user. */
  'claimed-by-answer',
] as const;
const sourceSchema = z.enum(SOURCES);
export type Source = z.infer<typeof sourceSchema>;

const base = { value: z.string(), line: z.int().positive(), source: sourceSchema };

/** What a release number in a report is the number of. */
export const RELEASE_OF = [
  'gateway',
  /** The `openclaw` command. It usually is the gateway's own package. */
  'command',
  /** An app, a desktop program or another client. */
  'client',
  /** A package that brings a gateway along, such as an add-on with a number of its own. */
  'distribution',
  /** The gateway of another person. */
  'another-user',
] as const;

/** When the release ran. */
export const RELEASE_WHEN = [
  /** It shows the failure. */
  'now',
  /** It ran before an update. */
  'before',
  /** It is said not to show the failure. */
  'worked',
  /** It was installed again after a later one. */
  'went-back',
  /** It is only mentioned: a requirement, a story of earlier, a fix that was promised. */
  'mentioned',
] as const;

export const releaseFactSchema = z.strictObject({
  kind: z.literal('release'),
  ...base,
  /** The release as a number such as 2026.2.19-2; for a day or a month, the newest release by its number then. */
  of: z.enum(RELEASE_OF),
  when: z.enum(RELEASE_WHEN),
  /** exact: the whole number. short: without the year. day: only a day or a month, from which a release is guessed. */
  given: z.enum(['exact', 'short', 'day']),
  /** The published release that is the same or the nearest one; it differs from `value` if npm never had or no longer has that one. */
  published: z.string(),
});
export type ReleaseFact = z.infer<typeof releaseFactSchema>;

export const scopesFactSchema = z.strictObject({
  kind: z.literal('scopes'),
  ...base,
  /** from and to: of a request for more. missing: of a denied call. held: of a device on a list. */
  side: z.enum(['from', 'to', 'missing', 'held']),
});
export type ScopesFact = z.infer<typeof scopesFactSchema>;

export const workaroundFactSchema = z.strictObject({
  kind: z.literal('workaround'),
  /** `value` is an id of the table in harness/paste/workarounds.ts. */
  ...base,
  /** What became of it, as the report says. */
  became: z.enum(['helped', 'did-not-help', 'made-it-worse', 'not-said']),
});
export type WorkaroundFact = z.infer<typeof workaroundFactSchema>;

/** The kinds of fact that have a value and nothing else, each with what the value is. */
export const PLAIN_KINDS = {
  commit: 'a short commit, as a banner prints it',
  'close-code': 'a close code of a WebSocket',
  'http-status': 'an HTTP status',
  'error-code': 'a code of a connect error, in capitals',
  reason: 'a reason or a cause that the gateway gave, as it wrote it',
  message: 'a message of a refusal, as it was written',
  audit: 'an event of the audit log, as in harness/scenario/schema/observation.ts',
  role: 'a role: operator or node',
  'client-id': 'the id that a client gives itself',
  'client-mode': 'the mode that a client gives itself',
  platform: 'the system that a client runs on',
  deployment: 'what the gateway runs in or on',
  proxy: 'what stands in front of the gateway',
  bind: 'gateway.bind',
  'auth-mode': 'gateway.auth.mode',
  'trusted-proxies': 'gateway.trustedProxies, as a list',
  'allowed-origins': 'gateway.controlUi.allowedOrigins, as a list',
  setting: 'another setting of the gateway, as key=value',
  origin: 'the Origin of a page',
  host: 'the Host that a client sent',
  address: 'the address that the gateway saw',
  forwarded: 'the address that a forwarded header named',
  header: 'the name of a header that a proxy or a client sent',
  command: 'an openclaw command that was run, without its arguments',
  url: 'an address that a client called',
  day: 'a day or a month that the report names',
} as const;
export type PlainKind = keyof typeof PLAIN_KINDS;

export const plainFactSchema = z.strictObject({
  kind: z.enum(Object.keys(PLAIN_KINDS).filter((kind): kind is PlainKind => kind in PLAIN_KINDS)),
  ...base,
});
export type PlainFact = z.infer<typeof plainFactSchema>;

export const factSchema = z.discriminatedUnion('kind', [
  releaseFactSchema,
  scopesFactSchema,
  workaroundFactSchema,
  plainFactSchema,
]);
export type Fact = z.infer<typeof factSchema>;
export type FactKind = Fact['kind'];

/** The facts of one kind, in their order. */
export function factsOf<K extends FactKind>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

/** The place of a source in the order of trust: 0 is the best. */
export function rankOfSource(source: Source): number {
  return SOURCES.indexOf(source);
}
