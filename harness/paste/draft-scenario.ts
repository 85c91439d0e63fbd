import { Document, isCollection, isScalar, isSeq, visit } from 'yaml';
import { CLIENT_KINDS } from '../client/claims.ts';
import { causeOfErrorCode } from '../client/outcome.ts';
import { NPM_RELEASES } from '../scenario/releases/npm-releases.ts';
import type { Cause } from '../scenario/schema/observation.ts';
import { CLASSES } from '../scenario/schema/scenario.ts';
import { OPERATOR_SCOPES } from '../scenario/schema/scopes.ts';
import type { Vantage } from '../scenario/schema/vantage.ts';
import { type Fact, factsOf, type PlainFact, type PlainKind } from './facts.ts';
import type { Ranking } from './ranking.ts';
import type { ReportedRelease } from './reported-release.ts';

type ShownCause = Exclude<Cause, 'unstated'>;

/**
 * The cause of each refusal by the messages and reasons that reports show of it, in lower case. The first row that matches counts. An error code
 * says more, and has its cause in harness/client/outcome.ts.
 */
const CAUSE_BY_TEXT: readonly { shows: RegExp; cause: ShownCause }[] = [
  { shows: /proxy.?(?:client.?)?attribution/, cause: 'proxy-attribution' },
  { shows: /rate.?limited|too many failed/, cause: 'rate-limit' },
  { shows: /origin/, cause: 'origin' },
  {
    shows: /device.?signature|device.?nonce|device.?(?:public key|id-mismatch|identity mismatch)/,
    cause: 'device-signature',
  },
  { shows: /device.?identity.?required|requires https or localhost/, cause: 'device-identity-required' },
  { shows: /pairing.?required|scope-upgrade|role-upgrade|metadata-upgrade|not.?paired/, cause: 'pairing-required' },
  { shows: /protocol.?mismatch/, cause: 'protocol' },
  { shows: /handshake.?timeout/, cause: 'handshake-timeout' },
  { shows: /gateway starting|startup-sidecars/, cause: 'starting' },
  { shows: /unauthori[sz]ed|(?:token|password)[ _]?(?:mismatch|missing)|bootstrap_token/, cause: 'credentials' },
];

/** The reasons that the gateway gives as one word, which an expectation can name. */
const REASON = /^[a-z][a-z_-]{3,60}$/;

/** Ids of the kinds of client that other clients of the gateway's package give themselves. */
const FURTHER_CLIENT_IDS: ReadonlyMap<string, string> = new Map([
  ['webchat-ui', 'webchat'],
  ['openclaw-probe', 'probe'],
]);

/** The kind of client in a draft, by the id that the client gives itself; the first kind of several with one id. */
function kindOfClient(clientId: string): string | undefined {
  const [kind] = Object.entries(CLIENT_KINDS).find(([, { id }]) => id === clientId) ?? [];
  return kind ?? FURTHER_CLIENT_IDS.get(clientId);
}

/** A value that may stand in a comment: a word or a number of the gateway's vocabulary, not a host and not a name. */
const REASON_OR_CODE = /^(?:[A-Za-z][A-Za-z_-]{1,60}|\d{3,4})$/;

/** The first fact of a kind that the user or a program states; of an answer only if nobody else says anything. */
function firstOf(facts: readonly Fact[], kind: PlainKind): PlainFact | null {
  const all = facts.filter((fact): fact is PlainFact => fact.kind === kind);
  return all.find(({ source }) => source !== 'claimed-by-answer') ?? all[0] ?? null;
}

function causeOfText(text: string): ShownCause | null {
  return CAUSE_BY_TEXT.find(({ shows }) => shows.test(text.toLowerCase()))?.cause ?? null;
}

/** The cause of the refusal: by an error code or, without one that is known, by the first row that a reason or a message matches. */
function causeIn(facts: readonly Fact[]): ShownCause | null {
  const codes = facts.filter(({ kind }) => kind === 'error-code').map(({ value }) => causeOfErrorCode(value));
  const byCode = codes.find((cause) => cause !== 'unstated');
  if (byCode !== undefined) return byCode;
  const shown = facts
    .filter(({ kind }) => kind === 'reason' || kind === 'message')
    .map(({ value }) => value.toLowerCase());
  return CAUSE_BY_TEXT.find(({ shows }) => shown.some((text) => shows.test(text)))?.cause ?? null;
}

/** The refusal that the report shows; null if it shows none of a known cause. */
function refusalIn(facts: readonly Fact[]): Record<string, unknown> | null {
  const cause = causeIn(facts);
  if (cause === null) return null;
  const reason = facts.find(
    ({ kind, value }) => kind === 'reason' && value !== cause && REASON.test(value) && causeOfText(value) === cause,
  );
  const code = firstOf(facts, 'close-code');
  const status = firstOf(facts, 'http-status');
  const at = code === null && status !== null ? { at: 'http', code: Number(status.value) } : {};
  return {
    ...at,
    ...(code === null ? {} : { code: Number(code.value) }),
    cause,
    ...(reason === undefined ? {} : { reason: reason.value }),
  };
}

function vantageIn(facts: readonly Fact[]): Vantage {
  if (firstOf(facts, 'proxy') !== null) return 'proxy';
  const address = firstOf(facts, 'address')?.value ?? '';
  if (/^127\.|^::1$/.test(address)) return 'loopback';
  if (address !== '') return 'lan';
  const deployment = firstOf(facts, 'deployment')?.value ?? '';
  return /^(?:docker|compose|kubernetes)$/.test(deployment) ? 'published' : 'loopback';
}

function scopesOn(facts: readonly Fact[], side: 'from' | 'to' | 'missing'): string[] {
  const known: readonly string[] = OPERATOR_SCOPES;
  const named = factsOf(facts, 'scopes').find((fact) => fact.side === side);
  return (named?.value ?? '').split(/[\s,]+/).filter((scope) => known.includes(scope));
}

/** The range of one release. A range that ends at a release must say whether it takes in the corrections of it; this one does not. */
function onlyOn(release: string): string {
  const correction = `${release}-1`;
  return NPM_RELEASES.includes(correction) ? `>=${release} <${correction}` : release;
}

/** A part of a draft: what the scenario has of it, and what a person must still say. */
type Part<T> = { value: T; missing: string[] };

/** A client that asks for `scopes`; `before` are the scopes that it has already, if the report shows a request for more. */
type Asking = { kind: string; role?: 'node'; scopes: string[]; before: string[] };

function clientIn(facts: readonly Fact[], isPage: boolean): Part<Asking> {
  const missing: string[] = [];
  const clientId = firstOf(facts, 'client-id')?.value;
  const kind = kindOfClient(clientId ?? '') ?? (isPage ? 'control-ui' : 'cli');
  if (clientId === undefined) missing.push(`clients: which client it was; ${kind} is assumed.`);
  if (firstOf(facts, 'role')?.value === 'node' || kind === 'node')
    return { value: { kind, role: 'node', scopes: [], before: [] }, missing };
  const asked = [...new Set([...scopesOn(facts, 'to'), ...scopesOn(facts, 'missing')])];
  if (asked.length > 0) return { value: { kind, scopes: asked, before: scopesOn(facts, 'from') }, missing };
  missing.push('scopes: those that the client asked for; operator.read is assumed.');
  return { value: { kind, scopes: ['operator.read'], before: [] }, missing };
}

/** An origin that is no web address, such as tauri://localhost, names no host of anybody. */
const APP_ORIGIN = /^(?!https?:)[a-z][a-z-]*:\/\/localhost$/;

function knockIn(facts: readonly Fact[], isPage: boolean): Part<Record<string, unknown>> {
  const from = vantageIn(facts);
  const missing = [
    `from: ${from} is assumed; CONTRIBUTING.md has the other vantages, and the headers that a proxy adds.`,
  ];
  if (firstOf(facts, 'bind')?.value === 'loopback')
    missing.push('gateway: bind loopback was read; with it a stranger comes through a proxy, and not from lan.');
  const origin = firstOf(facts, 'origin')?.value ?? '';
  const headers = APP_ORIGIN.test(origin) ? { headers: { Origin: origin } } : {};
  if (isPage) missing.push('headers: the Host and the Origin that the page sent.');
  return { value: { as: 'reporter', from, ...headers }, missing };
}

function affectedIn(shows: ReportedRelease['shows'], isRefused: boolean): Part<string> {
  if (!isRefused)
    return {
      value: 'none',
      missing: ['symptom: what the client got; no close code, status or message of a refusal was read.'],
    };
  if (shows === null)
    return { value: NPM_RELEASES.at(-1) ?? '', missing: ['affected: no release is named; the newest stands here.'] };
  return {
    value: onlyOn(shows.published),
    missing: ['affected: the first and the last release with the failure; `npx postern bisect` finds an end.'],
  };
}

/** The kinds of fact of which a draft names the first, with its line. */
const NAMED = [
  'close-code',
  'http-status',
  'error-code',
  'reason',
  'deployment',
  'proxy',
  'bind',
  'auth-mode',
] as const;

function namesOf(facts: readonly Fact[], shows: ReportedRelease['shows']): string[] {
  const named = NAMED.flatMap((kind) => {
    const fact = firstOf(facts, kind);
    return fact !== null && REASON_OR_CODE.test(fact.value) ? [`${kind} ${fact.value} (line ${fact.line})`] : [];
  });
  return shows === null ? named : [`release ${shows.value} (line ${shows.line})`, ...named];
}

const ALWAYS_MISSING: readonly string[] = [
  'reported: the number of the report.',
  'title and why: what users see, and why it matters.',
  'boundary: what a fix of this failure could open to remote clients.',
];

/**
 * A scenario file made of what a report shows, as YAML that loads under any name. It is no scenario yet: the comment at its head lists what
 * was read, with lines, and what only a person can add. It contains no text of the report but words of the gateway's own vocabulary.
 */
export function draftScenario(
  facts: readonly Fact[],
  { shows }: Pick<ReportedRelease, 'shows'>,
  ranking: Pick<Ranking, 'class'>,
): string {
  const group = ranking.class ?? CLASSES[0];
  const refused = refusalIn(facts);
  const isPage = refused?.cause === 'origin' || refused?.cause === 'client-version';
  const affected = affectedIn(shows, refused !== null);
  const client = clientIn(facts, isPage);
  const knock = knockIn(facts, isPage);
  const auth = firstOf(facts, 'auth-mode')?.value;
  const { scopes, before, ...claims } = client.value;
  const isUpgrade = before.length > 0;
  const document = new Document(
    {
      id: `${group}/draft`,
      class: group,
      title: 'A failure that no scenario plays yet',
      why: 'This is a draft made of a pasted report.',
      reported: ['openclaw/openclaw#0'],
      affected: affected.value,
      ...(auth === 'password' || auth === 'none' ? { gateway: { auth } } : {}),
      clients: {
        reporter: { ...claims, scopes: isUpgrade ? before : scopes },
        stranger: { kind: 'cli', scopes: ['operator.read'] },
      },
      steps: [
        ...(isUpgrade ? [{ pair: knock.value }] : []),
        {
          knock: { ...knock.value, ...(isUpgrade ? { claims: { scopes } } : {}) },
          name: 'as-reported',
          expect: { admitted: { scopes } },
          ...(refused === null ? {} : { symptom: { refused } }),
        },
      ],
      boundary: [{ pair: { as: 'stranger', from: 'lan' } }],
    },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = [
    ' A draft of a scenario, made of a pasted report. It loads; `npx postern lint <file>` says so after each change.',
    ` Read: ${namesOf(facts, shows).join(', ') || 'nothing that a scenario can be told'}.`,
    ' Missing, for a person to add:',
    ...[...affected.missing, ...client.missing, ...knock.missing, ...ALWAYS_MISSING].map((each) => ` - ${each}`),
  ].join('\n');
  // As people write scenarios: a list of steps and the map of clients over several lines, what is in them on one.
  visit(document, {
    Collection(_key, node, path) {
      const depth = path.filter(isCollection).length;
      if (depth >= 3 || (depth > 0 && isSeq(node) && node.items.every(isScalar))) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 120 });
}
