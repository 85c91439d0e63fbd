import { z } from 'zod';
import type { RawAnswer } from '../client/raw-request.ts';
import { SOCKET_SAYS } from './core-routes.ts';
import type { HandlerAnswer, HttpRoute } from './http-route.ts';
import { PAGE_SAYS } from './panel-routes.ts';

/**
 * What a request led to. `served`: the content of the route. `past`: its handler answered past the authorisation, and refused the request for
 * another reason. `page`: the page of the Control UI in place of the route. `upgraded`: a WebSocket that is not the route. `rejected`: 4xx that
 * neither names a credential nor comes from the handler. `unread`: an answer that nobody can read, so that it proves nothing.
 */
export const OUTCOMES = [
  'served',
  'past',
  'denied-401',
  'denied-403',
  'limited',
  'not-found',
  'method-refused',
  'rejected',
  'page',
  'redirected',
  'upgraded',
  'error',
  'closed',
  'timeout',
  'unread',
] as const;
export const outcomeSchema = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What an outcome proves: the request got past the authorisation of the route, it did not, or neither. */
export function provenBy(outcome: Outcome): 'open' | 'shut' | 'undecided' {
  switch (outcome) {
    case 'served':
    case 'past':
      return 'open';
    case 'denied-401':
    case 'denied-403':
    case 'not-found':
    case 'method-refused':
    case 'rejected':
    case 'page':
    case 'redirected':
    case 'upgraded':
      return 'shut';
    case 'limited':
    case 'error':
    case 'closed':
    case 'timeout':
    case 'unread':
      return 'undecided';
  }
}

/** Reads the answer to a request with `method` to a route. */
export function readOutcome(answer: RawAnswer, route: HttpRoute, method: string): Outcome {
  if (answer.kind === 'closed' || answer.kind === 'timeout') return answer.kind;
  const { status, headers, body } = answer;
  const type = headers['content-type'] ?? '';
  const isHtml = type.startsWith('text/html');
  // Without a body, a refusal of the handler looks like any other, and a page like the page of the Control UI.
  const says = (own: HandlerAnswer): boolean => (method === 'HEAD' ? own.status < 400 : body.includes(own.says));
  // Some releases give the gateway's own socket at every path, where it is none of the route.
  if (
    answer.kind === 'upgraded' &&
    body.includes(SOCKET_SAYS) &&
    !route.answers.some((own) => own.says === SOCKET_SAYS)
  )
    return 'upgraded';
  const isPage = status < 300 && isHtml && (method === 'HEAD' || body.includes(PAGE_SAYS));
  if (isPage && !route.answers.some(({ says }) => says === PAGE_SAYS)) return 'page';
  const handled = route.answers.find((own) => own.status === status && type.startsWith(own.type) && says(own));
  if (handled !== undefined) return handled.status < 400 ? 'served' : 'past';
  if (status === 101) return 'upgraded';
  if (status < 300) return 'unread';
  if (status < 400) return 'redirected';
  return ofRefusal(status);
}

function ofRefusal(status: number): Outcome {
  switch (status) {
    case 401:
      return 'denied-401';
    case 403:
      return 'denied-403';
    case 404:
      return 'not-found';
    case 405:
      return 'method-refused';
    case 429:
      return 'limited';
    default:
      return status < 500 ? 'rejected' : 'error';
  }
}
