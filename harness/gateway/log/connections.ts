/**
 * Reads the log lines about connections. Measured on 2026.2.17 to 2026.9.6: the gateway logs when a connection is opened, admitted and
 * closed, in that order and on one output. Warnings contain whole connection ids, other lines shortened ones.
 */

/** A connection, identified by the first eight and the last four characters of its id: every line about it shows at least these. */
export type Conn = { head: string; tail: string };

/** 2026.7.1 replaces the end of an id by `***` if it takes the id for a secret. This happens to one connection in a hundred. */
const STARRED = /\*{3}$/;

/** The connection with this id. `id` must be whole, as the gateway sends it in hello. */
export function connOfId(id: string): Conn {
  return { head: id.slice(0, 8), tail: id.slice(-4) };
}

/** Whether `id`, from a line of the log, whole or with its end replaced by `***`, is the id of this connection. */
export function isConn({ head, tail }: Conn, id: string): boolean {
  return id.startsWith(head) && (STARRED.test(id) || id.endsWith(tail));
}

const isSame = (one: Conn, other: Conn): boolean => one.head === other.head && one.tail === other.tail;

/** A change of a connection's state that a line logs. `lastRequest` is the id of the last request on it; null if the client sent none. */
export type ConnectionChange =
  | { kind: 'opened' | 'admitted'; conn: Conn }
  | { kind: 'closed'; conn: Conn; lastRequest: string | null };

/**
 * Creates a reader of lines. Call it for every line, in the order in which the gateway wrote them: a line names its connection only if
 * that is another one than the last named. It returns null for a line that logs no change of a connection's state.
 */
export function createPassageReader(): (line: string) => ConnectionChange | null {
  let last: Conn | null = null;
  return (line) => {
    const what = /\[ws\] (?:[←→⇄✗] )(\S+)/.exec(line)?.[1];
    if (what === undefined) return null;
    const named = / conn=([0-9a-f]{8})(?:…|[-0-9a-f]*?)([0-9a-f]{4})(?=\s|$)/.exec(line);
    if (named?.[1] !== undefined && named[2] !== undefined) last = { head: named[1], tail: named[2] };
    if (last === null) return null;
    switch (what) {
      case 'open':
        return named === null ? null : { kind: 'opened', conn: last };
      case 'connect':
      case 'hello-ok':
        return { kind: 'admitted', conn: last };
      case 'close':
        return { kind: 'closed', conn: last, lastRequest: / lastFrameId=(\S+)/.exec(line)?.[1] ?? null };
      default:
        return null;
    }
  };
}

/** Whether `shown`, from a line of the log, is the request id `id`. The gateway replaces the end of an id that it takes for a secret. */
export function isRequest(shown: string, id: string): boolean {
  return STARRED.test(shown) ? id.startsWith(shown.replace(STARRED, '')) : shown === id;
}

/**
 * The connection on which the request with this id was the last one, from the line about the connection's end. Returns null if no line
 * has this id, or if lines about several connections have it.
 */
export function connOfRequest(lines: readonly string[], id: string): Conn | null {
  const read = createPassageReader();
  const found = lines.map(read).flatMap((passage) => {
    const isIts = passage?.kind === 'closed' && passage.lastRequest !== null && isRequest(passage.lastRequest, id);
    return isIts ? [passage.conn] : [];
  });
  const [first] = found;
  return first !== undefined && found.every((other) => isSame(first, other)) ? first : null;
}

/** The connections that were opened, according to these lines. */
export function openedConnections(lines: readonly string[]): Conn[] {
  const read = createPassageReader();
  return lines.map(read).flatMap((passage) => (passage?.kind === 'opened' ? [passage.conn] : []));
}

/** For each line, the connections that had been opened up to this line, and had been neither admitted nor closed. */
export function undecidedConnections(lines: readonly string[]): (readonly Conn[])[] {
  const read = createPassageReader();
  let open: readonly Conn[] = [];
  return lines.map((line) => {
    const passage = read(line);
    if (passage !== null) open = open.filter((conn) => !isSame(conn, passage.conn));
    if (passage?.kind === 'opened') open = [...open, passage.conn];
    return open;
  });
}

/** Whether the list contains no connection other than this one; true for an empty list. */
export function isOnly(conns: readonly Conn[], conn: Conn | null): boolean {
  return conns.every((other) => conn !== null && isSame(other, conn));
}
