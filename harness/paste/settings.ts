import type { Fact, PlainKind } from './facts.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';

/** A setting that reports show, and the fact that it gives. */
type Setting = {
  /** The key as people write it, alone or at the end of a path. */
  key: string;
  kind: PlainKind;
  /** The values that are meant; a key such as `mode` stands in several places. Default: any. */
  values?: RegExp;
  /** The name of the fact for the kind `setting`. Default: the key. */
  name?: string;
  /** Whether the value is a secret; then the fact only says that it is set. */
  secret?: true;
};

const SETTINGS: readonly Setting[] = [
  {
    key: 'bind',
    kind: 'bind',
    values: /^(?:lan|loopback|tailnet|auto|custom|all|localhost|0\.0\.0\.0|127\.0\.0\.1|::)/,
  },
  { key: 'mode', kind: 'auth-mode', values: /^(?:token|password|none|trusted-proxy)$/ },
  { key: 'mode', kind: 'setting', values: /^(?:local|remote)$/, name: 'gateway.mode' },
  { key: 'mode', kind: 'setting', values: /^(?:serve|funnel|off)$/, name: 'tailscale.mode' },
  { key: 'auth', kind: 'auth-mode', values: /^(?:token|password|none|trusted-proxy)$/ },
  { key: 'trustedProxies', kind: 'trusted-proxies' },
  { key: 'allowedOrigins', kind: 'allowed-origins' },
  { key: 'userHeader', kind: 'setting' },
  { key: 'requiredHeaders', kind: 'setting' },
  { key: 'allowLoopback', kind: 'setting' },
  { key: 'allowTailscale', kind: 'setting' },
  { key: 'allowRealIpFallback', kind: 'setting' },
  { key: 'basePath', kind: 'setting' },
  { key: 'autoApproveCidrs', kind: 'setting' },
  { key: 'autoApproveLocal', kind: 'setting' },
  { key: 'sshVerify', kind: 'setting' },
  { key: 'autoGenerate', kind: 'setting' },
  { key: 'publicOrigin', kind: 'setting' },
  { key: 'dangerouslyDisableDeviceAuth', kind: 'setting' },
  { key: 'dangerouslyAllowHostHeaderOriginFallback', kind: 'setting' },
  { key: 'allowInsecureAuth', kind: 'setting' },
  { key: 'password', kind: 'setting', values: /^(?!(?:is|was|and|or|in|the|for|to)$)/, secret: true },
  { key: 'internalSpawnBypass', kind: 'setting' },
  { key: 'loopbackExempt', kind: 'setting' },
  { key: 'enforcePairing', kind: 'setting' },
  { key: 'skipForLoopback', kind: 'setting' },
  { key: 'maxAttempts', kind: 'setting' },
  { key: 'OPENCLAW_GATEWAY_URL', kind: 'setting' },
  { key: 'OPENCLAW_GATEWAY_BIND', kind: 'bind' },
  { key: 'OPENCLAW_SKIP_PAIRING', kind: 'setting' },
  { key: 'OPENCLAW_INTERNAL_SPAWN_BYPASS', kind: 'setting' },
  { key: 'OPENCLAW_HOME', kind: 'setting' },
  { key: 'OPENCLAW_STATE_DIR', kind: 'setting' },
];

/** Names of settings in lower case, with the rows of the table. */
const BY_KEY: ReadonlyMap<string, Setting[]> = Map.groupBy(SETTINGS, ({ key }) => key.toLowerCase());

/** `key: value`, `"key": value`, `key=value`, `path.key value`; the value is a list, a quoted text or a word. */
const PAIR =
  /([A-Za-z][A-Za-z_]{2,45})["']?\s?(?:[:=]\s?|\s+(?=\[|["']?(?:lan|loopback|token|password|none|trusted-proxy|true|false|serve|funnel|tailnet)\b))(\[[^\]]{0,600}\]?|"[^"]{0,300}"|'[^']{0,300}'|[^\s,;{}()]{1,300})/g;

/** A list that goes on in the next lines ends within so many. */
const MOST_LIST_LINES = 30;

/** Reads the entries of a list that begins in a line and may go on below it, in JSON or YAML. */
function listFrom(statements: readonly Statement[], index: number, begun: string): string {
  const parts = [begun];
  const isOpen = begun.startsWith('[') && !begun.includes(']');
  const isYaml = begun === '';
  if (isOpen || isYaml)
    for (const { text } of statements.slice(index + 1, index + 1 + MOST_LIST_LINES)) {
      if (isYaml && !/^\s*-\s/.test(text)) break;
      parts.push(text.replace(/\s\/\/.*$/, '').replace(/^\s*-\s+/, ','));
      if (isOpen && text.includes(']')) break;
    }
  return parts
    .join(' ')
    .replace(/[[\]"'`]/g, '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .join(', ');
}

const LISTS: ReadonlySet<PlainKind> = new Set<PlainKind>(['trusted-proxies', 'allowed-origins']);

/**
 * Reads settings of the gateway from configurations in any form: JSON, JSON5 with comments, YAML, a retelling such as `gateway.auth.mode
 * token`. It reads keys wherever they stand and no structure, so that cut and broken configurations can be read, in linear time.
 */
export function extractSettings(statements: readonly Statement[]): Fact[] {
  return statements.flatMap((statement, index): Fact[] => {
    const { number: line, text } = statement;
    const source = sourceOf(statement);
    const found: Fact[] = [];
    for (const [, key = '', given = ''] of text.matchAll(PAIR)) {
      const raw = given.replace(/^["']|["']$/g, '');
      for (const { kind, values, name, secret, key: known } of BY_KEY.get(key.toLowerCase()) ?? []) {
        if (values !== undefined && !values.test(raw.toLowerCase())) continue;
        const isList = LISTS.has(kind);
        const value = secret === true ? 'set' : isList ? listFrom(statements, index, given) : raw.replace(/[.,]+$/, '');
        if (isList && !/[\d*.:/]/.test(value)) continue;
        found.push({ kind, value: kind === 'setting' ? `${name ?? known}=${value}` : value, line, source });
      }
    }
    for (const known of ['trustedProxies', 'allowedOrigins'] as const) {
      const heads = new RegExp(`\\b${known}["']?:\\s*$`).test(text);
      const value = heads ? listFrom(statements, index, '') : '';
      if (value !== '')
        found.push({ kind: known === 'trustedProxies' ? 'trusted-proxies' : 'allowed-origins', value, line, source });
    }
    return found;
  });
}
