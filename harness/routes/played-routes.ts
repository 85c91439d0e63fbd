import type { Outcome } from './outcome.ts';

/**
 * Something wrong in an answer beside its outcome: it shows a secret, it answers TRACE (`trace`), it lets a foreign page read it
 * (`foreign-origin`), or it agrees on a compression of the WebSocket (`compression`).
 */
export const FAULT_KINDS = ['secret', 'trace', 'foreign-origin', 'compression'] as const;
export type Fault = {
  kind: (typeof FAULT_KINDS)[number];
  /** The id of the request. */
  request: string;
  /** The name of the secret, the status, or the header. */
  what: string;
};

/** What was seen on one route: the outcome of each request by its id, and the faults of answers. */
export type PlayedRoute = { id: string; outcomes: Readonly<Record<string, Outcome>>; faults: readonly Fault[] };

/** A path in the sources of a gateway that no route plays, and its source file. */
export type UnwrittenPath = { path: string; module: string };

/** What was seen on one gateway. `unwritten` is null if its package has no sources that can be searched. */
export type PlayedRoutes = {
  version: string;
  routes: readonly PlayedRoute[];
  unwritten: readonly UnwrittenPath[] | null;
};
