import type { AuditEvent } from '../scenario/schema/observation.ts';
import type { PlainFact, PlainKind, ScopesFact } from './facts.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';

/** Words of a log line about access, and the audit event that each is. */
const EVENTS: readonly { event: AuditEvent['event']; words: string }[] = [
  { event: 'access-upgrade', words: 'device access upgrade requested' },
  { event: 'metadata-upgrade', words: 'device metadata upgrade requested' },
  { event: 'auto-approved', words: 'device pairing auto-approved' },
  { event: 'pairing-denied', words: 'device pairing approval denied' },
  { event: 'pairing-approved', words: 'device pairing approved' },
  { event: 'pairing-requested', words: 'device.pair.requested' },
  { event: 'proxy-headers-untrusted', words: 'proxy headers detected from untrusted address' },
  { event: 'proxy-headers-untrusted', words: 'unattributable proxy-shaped traffic' },
  { event: 'host-not-local', words: 'non-local host header' },
  { event: 'unauthorized', words: 'unauthorized conn=' },
  { event: 'refused', words: 'closed before connect' },
];

/** Fields of log lines and of listed devices, with the kind of fact that each is. A map: a text may name a field `constructor`. */
const FIELDS: ReadonlyMap<string, PlainKind> = new Map([
  ['remote', 'address'],
  ['remoteip', 'address'],
  ['ip', 'address'],
  ['fwd', 'forwarded'],
  ['forwardedfor', 'forwarded'],
  ['origin', 'origin'],
  ['host', 'host'],
  ['role', 'role'],
  ['clientid', 'client-id'],
  ['clientmode', 'client-mode'],
  ['platform', 'platform'],
  ['client', 'client-id'],
  ['auth', 'auth-mode'],
]);

const SCOPE_FIELDS: ReadonlyMap<string, ScopesFact['side']> = new Map([
  ['scopesfrom', 'from'],
  ['scopesto', 'to'],
  ['requestedscopes', 'to'],
  ['approvedscopes', 'from'],
  ['scopes', 'held'],
]);

/** `name=value` in a log line, `"name": "value"` in JSON, and `clientId=…` in sentences. A value ends at a space, a comma or a quote. */
const FIELD = /\b([A-Za-z]{2,20})["']?\s?[=:]\s?["']?([^\s"',;)}\]]{1,200})/g;
/** A list of scopes: `scopesFrom=operator.read,operator.write` or `"scopes": ["operator.read"]`. */
const SCOPES = /\b([A-Za-z]{6,20})["']?\s?[=:]\s?(\[[^\]]{0,400}\]|(?:operator|node)\.[\w.,]{1,300})/g;
const SCOPE = /\boperator\.[a-z]+(?:\.[a-z]+)?\b/g;
/** Fields count only in lines of programs, because people write "host: a VPS" as well; these may stand in sentences. */
const IN_SENTENCES = new Set(['clientid', 'clientmode', 'role', 'origin', 'platform']);
const ROLES = new Set(['operator', 'node']);
const AUTH_MODES = new Set([
  'token',
  'password',
  'none',
  'trusted-proxy',
  'tailscale',
  'device-token',
  'bootstrap-token',
]);

/** "from operator.read to operator.admin", as people and answers write it. */
const FROM_TO = /\b(operator\.[a-z]+)["'`]?\s*(?:->|=>|→|to)\s*["'`]?(operator\.[a-z]+)/;

function isMeant(name: string, value: string): boolean {
  if (name === 'role') return ROLES.has(value.toLowerCase());
  if (name === 'auth') return AUTH_MODES.has(value.toLowerCase());
  if (name === 'origin') return value.includes('://') || value === 'null';
  return !/^(?:true|false|null|n\/a|<none>|\{|\[)/.test(value);
}

/** A list in JSON that is printed one entry a line ends within so many. */
const MOST_LIST_LINES = 20;

/** The line, with the lines of the list that begins at its end. */
function withItsList(statements: readonly Statement[], index: number): string {
  const text = statements[index]?.text ?? '';
  if (!text.endsWith('[')) return text;
  const rest = statements.slice(index + 1, index + 1 + MOST_LIST_LINES).map((each) => each.text);
  const end = rest.findIndex((each) => each.includes(']'));
  return end === -1 ? text : [text, ...rest.slice(0, end + 1)].join('');
}

/** Reads the lines of gateway logs and of listed devices: events, scopes, roles, clients, addresses, Host and Origin. */
export function extractAudit(statements: readonly Statement[]): (PlainFact | ScopesFact)[] {
  return statements.flatMap((statement, index) => {
    const { number: line, form } = statement;
    const text = withItsList(statements, index);
    const lower = text.toLowerCase();
    const source = sourceOf(statement);
    const found: (PlainFact | ScopesFact)[] = [];
    for (const { event, words } of EVENTS)
      if (lower.includes(words)) found.push({ kind: 'audit', value: event, line, source });
    const taken = new Set<string>();
    for (const [, field = '', list = ''] of text.matchAll(SCOPES)) {
      const side = SCOPE_FIELDS.get(field.toLowerCase());
      const scopes = [...new Set(list.match(SCOPE) ?? [])].sort();
      if (side === undefined || scopes.length === 0) continue;
      taken.add(field.toLowerCase());
      found.push({ kind: 'scopes', value: scopes.join(','), line, source, side });
    }
    for (const [, field = '', value = ''] of text.matchAll(FIELD)) {
      const name = field.toLowerCase();
      const kind = FIELDS.get(name);
      if (kind === undefined || taken.has(name) || !isMeant(name, value)) continue;
      if (form !== 'output' && !IN_SENTENCES.has(name)) continue;
      taken.add(name);
      found.push({ kind, value, line, source });
    }
    const [, from, to] = FROM_TO.exec(lower) ?? [];
    if (from !== undefined && to !== undefined)
      found.push(
        { kind: 'scopes', value: from, line, source, side: 'from' },
        { kind: 'scopes', value: to, line, source, side: 'to' },
      );
    return found;
  });
}
