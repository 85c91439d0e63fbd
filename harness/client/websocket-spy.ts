import { z } from 'zod';

/** An event on a WebSocket of a page, as WATCH_SOCKETS reports it. `socket` numbers the page's WebSockets from 0. */
const entrySchema = z.discriminatedUnion('kind', [
  z.object({ socket: z.number(), kind: z.literal('opening'), url: z.string() }),
  z.object({ socket: z.number(), kind: z.literal('opened') }),
  z.object({ socket: z.number(), kind: z.enum(['sent', 'received']), text: z.string() }),
  z.object({ socket: z.number(), kind: z.literal('closed'), code: z.number(), reason: z.string() }),
]);
export type WireEntry = z.infer<typeof entrySchema>;

/** Reads a report of WATCH_SOCKETS. Throws ZodError for any other JSON; pages do not know the function that it calls. */
export function wireEntry(text: string): WireEntry {
  return entrySchema.parse(JSON.parse(text));
}

/**
 * A script that runs in a page before the page's own scripts. It reports the events of every WebSocket to `posternWire`, and keeps each
 * WebSocket by its number. The debugging protocol of browsers shows frames, but not the close codes that users see.
 */
export const WATCH_SOCKETS = `(() => {
  const tell = (socket, entry) => window.posternWire(JSON.stringify({ socket, ...entry }));
  const Native = window.WebSocket;
  let count = 0;
  window.posternSockets = new Map();
  window.WebSocket = class WebSocket extends Native {
    constructor(...given) {
      super(...given);
      this.posternNumber = count++;
      window.posternSockets.set(this.posternNumber, this);
      tell(this.posternNumber, { kind: 'opening', url: this.url });
      this.addEventListener('open', () => tell(this.posternNumber, { kind: 'opened' }));
      this.addEventListener('message', ({ data }) => tell(this.posternNumber, { kind: 'received', text: String(data) }));
      this.addEventListener('close', ({ code, reason }) => tell(this.posternNumber, { kind: 'closed', code, reason }));
    }
    send(data) {
      tell(this.posternNumber, { kind: 'sent', text: String(data) });
      super.send(data);
    }
  };
})()`;
