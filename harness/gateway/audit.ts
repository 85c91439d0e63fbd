import type { AuditEvent } from '../scenario/observation.ts';

/**
 * Log lines about access, read into events. Wording measured on 2026.2.17 to 2026.9.6; a line that no row reads is no event.
 * Lines that name no connection belong to the connection that was opened last.
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
    reason: given(fields['reason']),
    device: namedDevice(fields['device']),
    conn: given(fields['conn']),
    role: given(fields['role']),
    roleFrom: given(fields['roleFrom']),
    roleTo: given(fields['roleTo']),
    scopesFrom: listOf(fields['scopesFrom']),
    scopesTo: listOf(fields['scopesTo']),
    ip: given(fields['ip']) ?? given(fields['remote']),
    forwarded: given(fields['fwd']),
    code: closeCodeIn(fields['code']),
  };
  const present = Object.entries(optional).filter(([, value]) => value !== undefined);
  return { event: reading.event, line, ...Object.fromEntries(present) };
}

/** A connection as the line about its opening names it: whole, or shortened to its first eight and last four characters. */
export type OpenedConn = { head: string; tail: string };

/** The connection whose opening a line tells of; null for a line about anything else. */
export function readOpenedConn(line: string): OpenedConn | null {
  const match = /← open .*conn=([0-9a-f]{8})(?:…|[-0-9a-f]*?)([0-9a-f]{4})(?:\s|$)/.exec(line);
  return match?.[1] !== undefined && match[2] !== undefined ? { head: match[1], tail: match[2] } : null;
}

/** What 2026.7.1 puts in the place of the end of an id that it takes for a secret: that of one connection in a hundred. */
const STARRED = /\*{3}$/;

/** Whether both are the id of one connection, as far as the gateway shows them. */
function isSameConn(one: string, other: string): boolean {
  const [a, b] = [one.replace(STARRED, ''), other.replace(STARRED, '')];
  return STARRED.test(one) || STARRED.test(other) ? a.startsWith(b) || b.startsWith(a) : a === b;
}

/** Whether the connection that was opened is the one of this id. */
export function isOpened({ head, tail }: OpenedConn, conn: string): boolean {
  return conn.startsWith(head) && (STARRED.test(conn) || conn.endsWith(tail));
}

/** The id of the connection that came with this User-Agent, from the line about its end; null where no such line says it. */
export function connOf(line: string, userAgent: string): string | null {
  if (!line.includes(`ua=${userAgent} `)) return null;
  return / conn=([0-9a-f-]{36}|[0-9a-f-]{8,}\*{3})/.exec(line)?.[1] ?? null;
}

/** What ties lines to one knock. */
export type KnockMarks = {
  deviceId: string | null;
  /** From hello, where there was one. */
  conn: string | null;
  /** The User-Agent that this knock alone sent. */
  userAgent: string;
  /** Whether others knocked at the same time: then a line without a name may be about any of them, and is left out. */
  inCompany: boolean;
};

/**
 * The events in these lines that are about this knock: by its connection and its device, whichever a line names. The connection of a refused
 * knock is found by its User-Agent. Lines without either are taken only while the knock's own connection was the last opened;
 * `lines` must begin where the knock began.
 */
export function eventsOf(lines: readonly string[], marks: KnockMarks): AuditEvent[] {
  const own = lines.map((line) => connOf(line, marks.userAgent)).find((found) => found !== null);
  const conn = marks.conn ?? own ?? null;
  let lastOpened: OpenedConn | null = null;
  const events: AuditEvent[] = [];
  for (const line of lines) {
    const opened = readOpenedConn(line);
    if (opened !== null) {
      lastOpened = opened;
      continue;
    }
    const event = readAuditLine(line);
    if (event === null) continue;
    // A line that names both must name both of ours: one about another device says nothing of this knock.
    const isOfOther =
      (event.conn !== undefined && (conn === null || !isSameConn(event.conn, conn))) ||
      (event.device !== undefined && event.device !== marks.deviceId);
    const isNamed = event.conn !== undefined || event.device !== undefined;
    const isLast = lastOpened === null || (conn !== null && isOpened(lastOpened, conn));
    if (!isOfOther && (isNamed || (isLast && !marks.inCompany))) events.push(event);
  }
  return events;
}
