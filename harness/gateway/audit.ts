import type { AuditEvent } from '../scenario/observation.ts';
import { type Conn, connOfId, connOfRequest, isConn, isOnly, openedIn, underWay } from './connections.ts';

/**
 * Log lines about access, read into events. Wording measured on 2026.2.17 to 2026.9.6; a line that no row reads is no event.
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

/** A field's value runs to the next `name=`, for reasons and user agents hold spaces. */
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

/** An unauthorized line says only whether there was a device block: `device=yes` names none. */
const namedDevice = (text: string | undefined): string | undefined =>
  text === 'yes' || text === 'no' ? undefined : given(text);

/** A close code or an HTTP status, which have three or four digits; anything else that stands in its place is no code. */
const closeCodeIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{3,4}$/.test(text) ? Number(text) : undefined;

/** One line of a gateway's log as an audit event, or null where it is about something else. */
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

/** What ties lines to one knock. */
export type KnockMarks = {
  deviceId: string | null;
  /** The id of the connection from hello, where there was one. */
  conn: string | null;
  /** The id of the request with which it asked to be let in; null where it did not come to that. */
  request: string | null;
  /** Whether the gateway took the connection; where it answered in plain HTTP instead, it has none to speak of. */
  connected: boolean;
  /** The connection of the harness that was opened behind it, which no line is about. */
  fence: Conn | null;
  /** Whether others knocked at the same time: then a line without a name may be about any of them, and is left out. */
  inCompany: boolean;
};

/** How many earlier lines are read for connections that were under way when a knock began. */
export const LINES_BEFORE = 200;

/**
 * The events in these lines that are about this knock: by its connection and its device, whichever a line names. A connection that was
 * not admitted is found by the id of its last request, which the gateway writes down when it ends and which is random. null: the
 * connection was not found, so that nothing can be said of what was written about it.
 *
 * Lines that name neither are taken only where they can be about no other connection. `lines` must begin where the knock began, and
 * `before` end there.
 */
export function eventsOf(
  lines: readonly string[],
  before: readonly string[],
  { deviceId, conn, request, connected, fence, inCompany }: KnockMarks,
): AuditEvent[] | null {
  const mine = conn !== null ? connOfId(conn) : request === null ? null : connOfRequest(lines, request);
  if (connected && mine === null) return null;
  const byThen = underWay([...before, ...lines]).slice(before.length);
  const without = (conns: readonly Conn[]): Conn[] =>
    conns.filter((other) => fence === null || !isOnly([other], fence));
  // An opening may be read behind the line that it leads to, for they come by two pipes; so where nobody else was there, order is not asked.
  const isAlone = isOnly(without([...openedIn(lines), ...(underWay(before).at(-1) ?? [])]), mine);
  return lines.flatMap((line, index) => {
    const event = readAuditLine(line);
    if (event === null) return [];
    // A line that names both must name both of ours: one about another device says nothing of this knock.
    const isOfOther =
      (event.conn !== undefined && (mine === null || !isConn(mine, event.conn))) ||
      (event.device !== undefined && event.device !== deviceId);
    if (isOfOther) return [];
    const isNamed = event.conn !== undefined || event.device !== undefined;
    const then = without(byThen[index] ?? []);
    const isSurelyMine = isAlone || (mine !== null && then.length > 0 && isOnly(then, mine));
    return isNamed || (isSurelyMine && !inCompany) ? [event] : [];
  });
}
