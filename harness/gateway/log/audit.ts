import type { AuditEvent } from '../../scenario/schema/observation.ts';
import {
  type Conn,
  connOfId,
  connOfRequest,
  isConn,
  isOnly,
  openedConnections,
  undecidedConnections,
} from './connections.ts';

/**
 * Patterns of the log lines about access, and the audit event that each gives. The wording was measured on 2026.2.17 to 2026.9.6. A line
 * that matches no row is no audit event.
 */
type Reading = { event: AuditEvent['event']; pattern: RegExp };

const READINGS: readonly Reading[] = [
  { event: 'access-upgrade', pattern: /security audit: device access upgrade requested/ },
  { event: 'metadata-upgrade', pattern: /security audit: device metadata upgrade requested/ },
  { event: 'auto-approved', pattern: /device pairing auto-approved/ },
  { event: 'pairing-denied', pattern: /device pairing approval denied/ },
  { event: 'pairing-approved', pattern: /device pairing approved/ },
  {
    event: 'proxy-headers-untrusted',
    pattern: /Proxy headers detected from untrusted address|observed unattributable proxy-shaped traffic/,
  },
  { event: 'host-not-local', pattern: /Loopback connection with non-local Host header/ },
  { event: 'unauthorized', pattern: /\] unauthorized conn=/ },
  { event: 'refused', pattern: /closed before connect conn=/ },
];

/** Reads `name=value` fields. A value ends before the next `name=`, because reasons and user agents contain spaces. */
function fieldsOf(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const match of text.matchAll(/(?:^|\s)([A-Za-z]+)=(.*?)(?=\s[A-Za-z]+=|$)/g)) {
    const [, name, value] = match;
    if (name !== undefined && value !== undefined && !(name in fields)) fields[name] = value;
  }
  return fields;
}

const listOf = (text: string | undefined): string[] | undefined =>
  text === undefined || text === '' || text === '<none>' ? undefined : text.split(',').map((item) => item.trim());

const given = (text: string | undefined): string | undefined =>
  text === undefined || text === 'n/a' ? undefined : text;

/** The device id in a line. The event `unauthorized` writes only whether the client sent a device block, as `device=yes` or `device=no`. */
const namedDevice = (text: string | undefined): string | undefined =>
  text === 'yes' || text === 'no' ? undefined : given(text);

/** Reads a close code or an HTTP status, which have three or four digits. Any other text is not a code. */
const closeCodeIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{3,4}$/.test(text) ? Number(text) : undefined;

/** Reads one line of a gateway's log as an audit event; null if the line is not about access. */
export function readAuditLine(line: string): AuditEvent | null {
  const reading = READINGS.find(({ pattern }) => pattern.test(line));
  if (reading === undefined) return null;
  const fields = fieldsOf(line);
  const optional = {
    reason: given(fields.reason),
    device: namedDevice(fields.device),
    conn: given(fields.conn),
    role: given(fields.role),
    roleFrom: given(fields.roleFrom),
    roleTo: given(fields.roleTo),
    scopesFrom: listOf(fields.scopesFrom),
    scopesTo: listOf(fields.scopesTo),
    ip: given(fields.ip) ?? given(fields.remote),
    forwarded: given(fields.fwd),
    code: closeCodeIn(fields.code),
  };
  const present = Object.entries(optional).filter(([, value]) => value !== undefined);
  return { event: reading.event, line, ...Object.fromEntries(present) };
}

/** The marks by which audit events are attributed to one knock. */
export type KnockMarks = {
  deviceId: string | null;
  /** The id of the connection that the gateway sent in hello; null without a hello. */
  conn: string | null;
  /** The id of the client's `connect` request; null if the client did not send one. */
  request: string | null;
  /** Whether the gateway accepted the WebSocket connection; false if it answered in plain HTTP, and so logs no connection. */
  connected: boolean;
  /** The connection of the fence, which the harness opened after the knock. No audit event is attributed to it. */
  fence: Conn | null;
  /**
   * Whether other clients knocked at the same time. A line that names neither connection nor device may then be theirs, and is left out.
   */
  inCompany: boolean;
};

/** How many lines before a knock are searched for connections that were open, and not yet admitted, when the knock began. */
export const LINES_BEFORE = 200;

/**
 * Returns the audit events in `lines` that are about this knock, by the connection and the device that a line names. The connection of a
 * knock that was not admitted is found by the id of its last request, which is random and which the gateway logs when the connection
 * ends. Returns null if the connection cannot be found: then no event can be attributed to the knock, nor ruled out.
 *
 * A line that names neither connection nor device counts only if it cannot be about another connection. `lines` must begin at the start of
 * the knock, and `before` must end there.
 */
export function eventsOf(
  lines: readonly string[],
  before: readonly string[],
  { deviceId, conn, request, connected, fence, inCompany }: KnockMarks,
): AuditEvent[] | null {
  const mine = conn !== null ? connOfId(conn) : request === null ? null : connOfRequest(lines, request);
  if (connected && mine === null) return null;
  const byThen = undecidedConnections([...before, ...lines]).slice(before.length);
  const without = (conns: readonly Conn[]): Conn[] =>
    conns.filter((other) => fence === null || !isOnly([other], fence));
  // stdout and stderr are two pipes, so the line of an opening may be read after a line that it caused. Without other connections, order
  // is ignored.
  const isAlone = isOnly(without([...openedConnections(lines), ...(undecidedConnections(before).at(-1) ?? [])]), mine);
  return lines.flatMap((line, index) => {
    const event = readAuditLine(line);
    if (event === null) return [];
    // A line that names connection and device must name both of this knock: a line about another device is not about it.
    const isOfOther =
      (event.conn !== undefined && (mine === null || !isConn(mine, event.conn))) ||
      (event.device !== undefined && event.device !== deviceId);
    if (isOfOther) return [];
    const isNamed = event.conn !== undefined || event.device !== undefined;
    const open = without(byThen[index] ?? []);
    const isSurelyMine = isAlone || (mine !== null && open.length > 0 && isOnly(open, mine));
    return isNamed || (isSurelyMine && !inCompany) ? [event] : [];
  });
}
