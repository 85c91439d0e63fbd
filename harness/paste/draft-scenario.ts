import { Document, isCollection, isScalar, isSeq, visit } from 'yaml';
import { NPM_RELEASES } from '../scenario/releases/npm-releases.ts';
import type { Cause } from '../scenario/schema/observation.ts';
import { CLASSES } from '../scenario/schema/scenario.ts';
import { OPERATOR_SCOPES } from '../scenario/schema/scopes.ts';
import type { Vantage } from '../scenario/schema/vantage.ts';
import { type Fact, factsOf, type PlainFact, type PlainKind } from './facts.ts';
import type { Ranking } from './ranking.ts';
import type { ReportedRelease } from './reported-release.ts';

/** The cause of each refusal by what reports show of it: messages, reasons and error codes, in lower case. The first row that matches counts. */
const CAUSE_BY_TEXT: readonly { shows: RegExp; cause: Exclude<Cause, 'unstated'> }[] = [
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
  { shows: /build_mismatch|version_mismatch/, cause: 'client-version' },
  { shows: /handshake.?timeout/, cause: 'handshake-timeout' },
  { shows: /gateway starting|startup-sidecars/, cause: 'starting' },
  { shows: /unauthori[sz]ed|(?:token|password)[ _]?(?:mismatch|missing)|bootstrap_token/, cause: 'credentials' },
];

/** The reasons that the gateway gives as one word, which an expectation can name. */
const REASON = /^[a-z][a-z_-]{3,60}$/;

/** The kind of client in a draft, by the id that the client gives itself. */
const KIND_BY_CLIENT_ID: Readonly<Record<string, string>> = {
  'gateway-client': 'backend',
  'openclaw-control-ui': 'control-ui',
  'webchat-ui': 'webchat',
  webchat: 'webchat',
  'node-host': 'node',
  'openclaw-probe': 'probe',
};

/** A value that may stand in a comment: a word or a number of the gateway's vocabulary, not a host and not a name. */
const REASON_OR_CODE = /^(?:[A-Za-z][A-Za-z_-]{1,60}|\d{3,4})$/;

/** The first fact of a kind that the user or a program states; of an answer only if nobody else says anything. */
function firstOf(facts: readonly Fact[], kind: PlainKind): PlainFact | null {
  const all = facts.filter((fact): fact is PlainFact => fact.kind === kind);
  return all.find(({ source }) => source !== 'claimed-by-answer') ?? all[0] ?? null;
}

/** The refusal that the report shows; null if it shows none of a known cause. */
function refusalIn(facts: readonly Fact[]): Record<string, unknown> | null {
  const texts = (['error-code', 'reason', 'message'] as const).flatMap((kind) =>
    facts.flatMap((fact) => (fact.kind === kind ? [fact.value.toLowerCase()] : [])),
  );
  const row = CAUSE_BY_TEXT.find(({ shows }) => texts.some((text) => shows.test(text)));
  if (row === undefined) return null;
  const reason = facts.find(
    ({ kind, value }) => kind === 'reason' && value !== row.cause && REASON.test(value) && row.shows.test(value),
  );
  const code = firstOf(facts, 'close-code');
  const status = firstOf(facts, 'http-status');
  const at = code === null && status !== null ? { at: 'http', code: Number(status.value) } : {};
  return {
    ...at,
    ...(code === null ? {} : { code: Number(code.value) }),
    cause: row.cause,
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
  const kind = KIND_BY_CLIENT_ID[clientId ?? ''] ?? (isPage ? 'control-ui' : 'cli');
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
