import type { Quotation } from '../properties/documentation.ts';
import type { Credential } from './dimensions.ts';

/** A source file of the gateway, as the regions of its bundled code name it. */
export type SourceFile = { module: `src/${string}.ts` | `extensions/${string}.ts` };

/**
 * How the handler of a route answers a request that is past the authorisation: its status, the beginning of its media type, and a part of the
 * body that no other answer of the gateway has. '' for any. The answer to HEAD has no body, so it is known by status and type.
 */
export type HandlerAnswer = { status: number; type: string; says: string };

/** An HTTP route of a gateway, with what the documents promise of it. */
export type HttpRoute = {
  /** Unique among the routes of a release. Never changes: results and findings name it. */
  id: string;
  /** The request that reaches its handler: a path with query, a method, and a body that no handler takes, so that nothing is started. */
  path: string;
  method: 'GET' | 'POST' | 'upgrade';
  body: string | null;
  /** What it is, for the tables. */
  what: string;
  /** Where it is documented, or in which source file it was found. */
  source: Quotation | SourceFile;
  /** The releases that may have it, as a range. */
  releases: string;
  /** The credentials that open it. Empty if only a ticket in the path does, which no request has. */
  opensTo: readonly Credential[];
  /** How its handler answers past the authorisation: served if the status is below 400. */
  answers: readonly HandlerAnswer[];
};

/** Routes that are open to everybody, to the shared secret, to the token of the hooks, and to a ticket alone. */
export const ANYBODY: readonly Credential[] = [
  ...(['no-credential', 'wrong-secret', 'shared-secret', 'device-token', 'hook-token', 'secret-in-query'] as const),
];
export const OWNER: readonly Credential[] = ['shared-secret'];
/**
 * Reads of the Control UI and routes of plugins also take the token of a device with the scope, on releases whose
 * `src/gateway/http-auth-utils.ts` has it as a second credential.
 */
export const OWNER_AND_DEVICES: readonly Credential[] = ['shared-secret', 'device-token'];
export const HOOKS: readonly Credential[] = ['hook-token'];
export const TICKET: readonly Credential[] = [];

/** The releases from the one after 2026.4.1, and those up to it: the routes of 2026.4.1 and of 2026.9.6 were read in their sources. */
export const LATER = '>2026.4.1';
export const EARLIER = '<=2026.4.1';

/** Media types of answers. */
export const JSON_TYPE = 'application/json';
export const HTML_TYPE = 'text/html';
export const TEXT_TYPE = 'text/plain';
