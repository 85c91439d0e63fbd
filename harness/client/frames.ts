import { z } from 'zod';

/** Schemas of the gateway's frames, for all releases: a field that the harness reads is validated, and other fields are ignored. */
export const errorShape = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).catch({}).default({}),
});

const challenge = z.object({
  type: z.literal('event'),
  event: z.literal('connect.challenge'),
  payload: z.object({ nonce: z.string() }),
});

const event = z.object({
  type: z.literal('event'),
  event: z.string(),
  payload: z.record(z.string(), z.unknown()).catch({}).default({}),
});

const response = z.discriminatedUnion('ok', [
  z.object({
    type: z.literal('res'),
    id: z.string(),
    ok: z.literal(true),
    payload: z.record(z.string(), z.unknown()).catch({}).default({}),
  }),
  z.object({ type: z.literal('res'), id: z.string(), ok: z.literal(false), error: errorShape }),
]);

const request = z.object({
  type: z.literal('req'),
  id: z.string(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).catch({}).default({}),
});

export type RequestFrame = z.infer<typeof request>;
export type ResponseFrame = z.infer<typeof response>;
export type EventFrame = z.infer<typeof event>;

export type Frame =
  | { kind: 'challenge'; nonce: string }
  | { kind: 'event'; event: EventFrame }
  | { kind: 'response'; response: ResponseFrame }
  | { kind: 'unreadable'; why: string };

/** Reads one text frame of a gateway. Does not throw: a text that is no frame of the protocol is `unreadable`, with the reason. */
export function readFrame(text: string): Frame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', why: 'a text frame that is not JSON' };
  }
  const asChallenge = challenge.safeParse(json);
  if (asChallenge.success) return { kind: 'challenge', nonce: asChallenge.data.payload.nonce };
  const asResponse = response.safeParse(json);
  if (asResponse.success) return { kind: 'response', response: asResponse.data };
  const asEvent = event.safeParse(json);
  if (asEvent.success) return { kind: 'event', event: asEvent.data };
  return { kind: 'unreadable', why: 'a JSON frame that is neither an event nor a response' };
}

/** Reads one text frame of a client; gives null if it is no request. Does not throw, because a page may send any text. */
export function readRequest(text: string): RequestFrame | null {
  try {
    return request.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
