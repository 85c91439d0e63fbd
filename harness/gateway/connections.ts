/**
 * Log lines about connections, read. Measured on 2026.2.17 to 2026.9.6: a connection is told when it is opened, when it is admitted and
 * when it is closed, in that order on one output. Names stand whole in warnings and shortened in the rest.
 */

/** A connection by the first eight and the last four characters of its id, which every line about it shows. */
export type Conn = { head: string; tail: string };

/** What 2026.7.1 puts in the place of the end of an id that it takes for a secret: that of one connection in a hundred. */
const STARRED = /\*{3}$/;

/** The connection with this id, whole as the gateway tells it in hello. */
export function connOfId(id: string): Conn {
  return { head: id.slice(0, 8), tail: id.slice(-4) };
}

/** Whether an id in a line, whole or with its end starred, is the one of this connection. */
export function isConn({ head, tail }: Conn, id: string): boolean {
  return id.startsWith(head) && (STARRED.test(id) || id.endsWith(tail));
}

const isSame = (one: Conn, other: Conn): boolean => one.head === other.head && one.tail === other.tail;

/** What a line tells of a connection. `lastRequest` is the id of the last request on it, where a client sent one. */
export type Passage =
  | { kind: 'opened' | 'admitted'; conn: Conn }
  | { kind: 'closed'; conn: Conn; lastRequest: string | null };

/**
 * Reads lines one after the other, in the order in which the gateway wrote them. A line names its connection only where that is not
 * the one that was named last, so a reader must be given every line. Gives null for a line that tells nothing of a connection.
 */
export function createPassageReader(): (line: string) => Passage | null {
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

/** Whether an id in a line is the one of a request: an id that the gateway takes for a secret loses its end. */
export function isRequest(shown: string, id: string): boolean {
  return STARRED.test(shown) ? id.startsWith(shown.replace(STARRED, '')) : shown === id;
}

/**
 * The connection on which the request with this id was the last, from the line about its end; null where no line says it, and where
 * several connections ended so.
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

/** The connections that were opened in these lines. */
export function openedIn(lines: readonly string[]): Conn[] {
  const read = createPassageReader();
  return lines.map(read).flatMap((passage) => (passage?.kind === 'opened' ? [passage.conn] : []));
}

/** For each line, the connections that had been opened by then and were neither admitted nor closed yet. */
export function underWay(lines: readonly string[]): (readonly Conn[])[] {
  const read = createPassageReader();
  let open: readonly Conn[] = [];
  return lines.map((line) => {
    const passage = read(line);
    if (passage !== null) open = open.filter((conn) => !isSame(conn, passage.conn));
    if (passage?.kind === 'opened') open = [...open, passage.conn];
    return open;
  });
}

/** Whether a list of connections has none but this one. */
export function isOnly(conns: readonly Conn[], conn: Conn | null): boolean {
  return conns.every((other) => conn !== null && isSame(other, conn));
}
