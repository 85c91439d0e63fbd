import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Vantage } from '../scenario/schema/vantage.ts';

/** What a stub gateway knows, what it reads from a client, and the functions that decide what it does. */

/** One connection of a client. */
export type Visit = {
  socket: WebSocket;
  /** The connection below the WebSocket, for bytes that no WebSocket library sends. */
  raw: Duplex;
  vantage: Vantage;
  request: IncomingMessage;
  conn: string;
  /** Whether the client is the harness's operator, which has a port of its own. */
  isOperator: boolean;
  /** The scopes of the session; null before the admission. */
  held: readonly string[] | null;
};

export const requestShape = z.object({ id: z.string(), method: z.string(), params: z.record(z.string(), z.unknown()) });
export const connectShape = z.object({
  minProtocol: z.number(),
  maxProtocol: z.number(),
  role: z.string().default('operator'),
  scopes: z.array(z.string()),
  caps: z.array(z.string()).optional(),
  client: z.object({
    id: z.string(),
    platform: z.string().default(''),
    version: z.string(),
    instanceId: z.string().optional(),
  }),
  auth: z.object({ token: z.string(), deviceToken: z.string(), bootstrapToken: z.string() }).partial().default({}),
  device: z.object({ id: z.string(), publicKey: z.string() }),
});
export type Asked = z.infer<typeof connectShape> & { id: string };

export type Device = { publicKey: string; scopes: string[]; token: string };
export type Ruling =
  | { kind: 'admitted'; scopes: readonly string[] }
  | { kind: 'refused'; error: { code: string; message: string; details: Record<string, unknown> } };

/** The state of the stub gateway, and its log. */
export type House = {
  /** The release that the stub imitates, and the only protocol of that release. */
  release: string;
  protocol: number;
  token: string;
  paired: Map<string, Device>;
  pending: Map<string, { requestId: string; publicKey: string; scopes: string[] }>;
  ways: Ways;
  write(line: string): void;
};

/** What the gateway does at each point of a connection. Each broken gateway replaces one or two of these functions. */
export type Ways = {
  /** An HTTP answer in place of the upgrade; null to upgrade, 'drop' to close the connection. */
  upgrade(): { status: number; body: string } | 'drop' | null;
  greet(house: House, visit: Visit): void;
  isLocal(visit: Visit): boolean;
  rule(house: House, visit: Visit, asked: Asked): Ruling;
  admit(house: House, visit: Visit, asked: Asked, scopes: readonly string[]): void;
  refuse(house: House, visit: Visit, asked: Asked, error: Extract<Ruling, { kind: 'refused' }>['error']): void;
  call(house: House, visit: Visit, request: z.infer<typeof requestShape>): void;
  /** The lines that the log gets in place of one line. */
  lines(line: string): string[];
};
