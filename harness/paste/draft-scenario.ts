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

/**
 * A scenario file made of what a report shows, as YAML that loads under any name. It is no scenario yet: the comment at its head lists what
 * was read, with lines, and what only a person can add. It contains no text of the report but words of the gateway's own vocabulary.
 */
export function draftScenario(
  facts: readonly Fact[],
  { shows }: Pick<ReportedRelease, 'shows'>,
  ranking: Pick<Ranking, 'class' | 'what'>,
): string {
  const read: string[] = [];
  const missing: string[] = [];
  const release = shows?.published ?? NPM_RELEASES.at(-1) ?? '';
  if (shows === null)
    missing.push(
      `affected: no release is named, so the newest stands here. Play others to find the first and the last one.`,
    );
  else {
    read.push(`release ${shows.value} (line ${shows.line})`);
    missing.push('affected: the first and the last release with the failure; `npx postern bisect` finds an end.');
  }
  const refused = refusalIn(facts);
  if (refused === null)
    missing.push('symptom: what the client got; no close code, status or message of a refusal was read.');
  for (const kind of [
    'close-code',
    'http-status',
    'error-code',
    'reason',
    'deployment',
    'proxy',
    'bind',
    'auth-mode',
  ] as const) {
    const fact = firstOf(facts, kind);
    if (fact !== null && REASON_OR_CODE.test(fact.value)) read.push(`${kind} ${fact.value} (line ${fact.line})`);
  }
  const clientId = firstOf(facts, 'client-id');
  const kind = KIND_BY_CLIENT_ID[clientId?.value ?? ''] ?? 'cli';
  if (clientId === null) missing.push('clients: which client it was; the command line is assumed.');
  const role = firstOf(facts, 'role')?.value === 'node' || kind === 'node' ? { role: 'node' } : {};
  const [before, asked] = [scopesOn(facts, 'from'), [...scopesOn(facts, 'to'), ...scopesOn(facts, 'missing')]];
  const scopes = 'role' in role ? [] : asked.length > 0 ? [...new Set(asked)] : ['operator.read'];
  if (asked.length === 0 && !('role' in role))
    missing.push('scopes: those that the client asked for; operator.read is assumed.');
  const from = vantageIn(facts);
  missing.push(`from: ${from} is assumed; CONTRIBUTING.md has the other vantages, and the headers that a proxy adds.`);
  if (firstOf(facts, 'bind')?.value === 'loopback')
    missing.push('gateway: bind loopback was read; with it a stranger comes through a proxy, and not from lan.');
  if (refused?.cause === 'origin') missing.push('headers: the Origin and the Host that the page sent.');
  missing.push('reported: the number of the report.', 'title and why: what users see, and why it matters.');
  missing.push('boundary: what a fix of this failure could open to remote clients.');
  const group = ranking.class ?? CLASSES[0];
  const auth = firstOf(facts, 'auth-mode')?.value;
  const upgrade = before.length > 0 && asked.length > 0;
  const knock = { as: 'reporter', from };
  const document = new Document(
    {
      id: `${group}/draft`,
      class: group,
      title: 'A failure that no scenario plays yet',
      why: 'This is a draft made of a pasted report.',
      reported: ['openclaw/openclaw#0'],
      affected: refused === null ? 'none' : onlyOn(release),
      ...(auth === 'password' || auth === 'none' ? { gateway: { auth } } : {}),
      clients: {
        reporter: { kind, ...role, scopes: upgrade ? before : scopes },
        stranger: { kind: 'cli', scopes: ['operator.read'] },
      },
      steps: [
        ...(upgrade ? [{ pair: knock }] : []),
        {
          knock: { ...knock, ...(upgrade ? { claims: { scopes } } : {}) },
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
    ` Read: ${read.length === 0 ? 'nothing that a scenario can be told' : read.join(', ')}.`,
    ' Missing, for a person to add:',
    ...missing.map((each) => ` - ${each}`),
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
