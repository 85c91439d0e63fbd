import { causeSchema } from '../scenario/schema/observation.ts';
import type { PlainFact, PlainKind, ScopesFact } from './facts.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';

/** Close codes that gateways, proxies and browsers send (RFC 6455 and those of OpenClaw's own pages). */
const CLOSE_CODES = '1000|1001|1002|1003|1005|1006|1007|1008|1009|1011|1012|1013|1014|1015|4001|4003|4008';

/** Ways to write a close code; a port or a count with the same digits has none of these words. */
const CLOSE = new RegExp(
  `(?:\\b(?:closed?|code|disconnected|close frame|ws|websocket|socket|status|error|with|got|says?|line)\\b["':=\\s(#]{0,4}|\\(|^)(${CLOSE_CODES})(?=\\)|\\b(?!\\s?(?:mb|kb|ms|gb|%|px|times)))`,
  'g',
);
const CLOSE_AFTER = new RegExp(
  `\\b(${CLOSE_CODES})\\b[ :,(/-]{1,3}(?:pairing|unauthori|policy|no reason|protocol|service restart|handshake|abnormal|origin|slow|going away)`,
  'g',
);

/** The close code that nothing but a refusal of a gateway is: it needs no other word, unless it is a port or a part of a number. */
const POLICY_VIOLATION = /(?<![:.\d/-])1008(?![.\d:]\d|\d)/;

/** Ways to write an HTTP status. */
const HTTP =
  /(?:\bhttp(?:\/[\d.]+)?|\bstatus(?: code)?|\breturns?|\banswers?|\bresponse|\bgot|\bgets?|\bwith|\berror|\bmessage|\bgive[sn]?|\ba|the)\b["':=\s,]{1,3}(400|401|403|404|409|426|429|500|502|503|504)\b|\b(400|401|403|404|426|429|500|502|503|504) (?:unauthori[sz]ed|forbidden|not found|bad (?:request|gateway)|too many|service unavailable|gateway time-?out|on|for|from)|(?:\s|=|\()(401|403|404|429|502|503|504)(?:\s*$|\s+\{|,|\))/g;

/** Codes of the connect error, in capitals. The list ends with those that newer gateways may add: any of this form. */
const ERROR_CODE =
  /\b((?:PAIRING|AUTH|DEVICE|CONTROL_UI|PROTOCOL|CLIENT|OPERATOR|AUTHENTICATED)_[A-Z_]{4,40}|NOT_PAIRED|INVALID_REQUEST|UNAVAILABLE|INVALID_HANDSHAKE)\b/g;

/** Reasons and causes as the gateway writes them. */
const REASON =
  /\b(?:reason|cause|authreason)["']?\s*[=:]\s*["']?([a-z][a-z -]{3,50}(?=["',)(]|$)|[a-z][a-z0-9_-]{2,80})/g;
const KNOWN_REASON =
  /\b(scope-upgrade|role-upgrade|metadata-upgrade|not-paired|token_mismatch|token_missing|password_mismatch|password_missing|device_token_mismatch|bootstrap_token_invalid|rate_limited|proxy_attribution_required|origin-mismatch|trusted_proxy_[a-z0-9_-]{3,60}|tailscale_[a-z_]{4,40}|device-id-mismatch|device-signature[a-z-]{0,10}|device-nonce-[a-z]{4,9}|startup-sidecars|handshake-timeout)\b/g;

/** Messages of refusals, each with what the gateway or its command writes. */
const MESSAGES = [
  'pairing required',
  'device identity required',
  'device identity changed and must be re-approved',
  'device metadata change pending approval',
  'origin not allowed',
  'protocol mismatch',
  'unknown requestid',
  'gateway token mismatch',
  'token mismatch',
  'gateway token missing',
  'device token mismatch',
  'too many failed authentication attempts',
  'device signature expired',
  'device signature invalid',
  'device nonce mismatch',
  'device nonce required',
  'device identity mismatch',
  'device public key invalid',
  'proxy client attribution is required',
  'proxy client attribution required',
  'legacy device auth requires migration',
  'setup code was not accepted',
  'uses newer schema version',
  'newer version of openclaw',
  'by a newer',
  'handshake timeout',
  'invalid connect params',
  'invalid handshake',
  'gateway starting',
  'plaintext ws://',
  'self-signed certificate',
  'non-loopback control ui requires',
  'control ui requires https or localhost',
  'no pending pairing requests',
  'pairing rejected',
  'service restart',
  'unauthorized',
] as const;

const MISSING_SCOPE = /missing scope:?\s*["'`]?(operator\.[a-z.]{3,20})/g;

/** The causes that the harness knows, which a JSON of the harness or of a gateway may name. */
const CAUSES: ReadonlySet<string> = new Set(causeSchema.options);

/** Reads close codes, statuses, error codes, reasons, messages and missing scopes. */
export function extractRefusals(statements: readonly Statement[]): (PlainFact | ScopesFact)[] {
  return statements.flatMap((statement) => {
    const { number: line, text } = statement;
    const lower = text.toLowerCase();
    const source = sourceOf(statement);
    const found: (PlainFact | ScopesFact)[] = [];
    const add = (kind: PlainKind, value: string): void => {
      if (!found.some((fact) => fact.kind === kind && fact.value === value)) found.push({ kind, value, line, source });
    };
    for (const pattern of [CLOSE, CLOSE_AFTER])
      for (const [, code = ''] of lower.matchAll(pattern)) add('close-code', code);
    if (POLICY_VIOLATION.test(lower)) add('close-code', '1008');
    for (const [, worded, before, alone] of lower.matchAll(HTTP)) add('http-status', worded ?? before ?? alone ?? '');
    for (const [, code = ''] of text.matchAll(ERROR_CODE)) add('error-code', code);
    for (const [, reason = ''] of lower.matchAll(REASON)) add('reason', reason.trim());
    for (const [, reason = ''] of lower.matchAll(KNOWN_REASON)) add('reason', reason);
    for (const message of MESSAGES) if (lower.includes(message)) add('message', message);
    for (const [, scope = ''] of lower.matchAll(MISSING_SCOPE))
      found.push({ kind: 'scopes', value: scope.replace(/\.$/, ''), line, source, side: 'missing' });
    for (const [, cause = ''] of lower.matchAll(/"cause":\s*"([a-z-]{4,40})"/g))
      if (CAUSES.has(cause)) add('reason', cause);
    return found;
  });
}
