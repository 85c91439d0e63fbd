import { z } from 'zod';

/** One thing that happened on a connection of a page, as the page itself tells it. Connections are counted from 0. */
const entrySchema = z.discriminatedUnion('kind', [
  z.object({ socket: z.number(), kind: z.literal('opening'), url: z.string() }),
  z.object({ socket: z.number(), kind: z.literal('opened') }),
  z.object({ socket: z.number(), kind: z.enum(['sent', 'received']), text: z.string() }),
  z.object({ socket: z.number(), kind: z.literal('closed'), code: z.number(), reason: z.string() }),
]);
export type WireEntry = z.infer<typeof entrySchema>;

/** Reads what WATCH_SOCKETS tells. Throws ZodError on anything else: no page knows the name it calls. */
export function wireEntry(text: string): WireEntry {
  return entrySchema.parse(JSON.parse(text));
}

/**
 * Runs in a page before its own scripts: every WebSocket tells what happens on it, and can be found by its number. The debugging
 * protocol of browsers shows frames but no close codes, which are what users see.
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
