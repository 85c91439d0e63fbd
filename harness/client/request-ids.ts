import { randomUUID } from 'node:crypto';
import type { IdStyle } from './published-clients.ts';

/** Makes a function that gives the id of the next request on one connection, in the form that a published client uses. */
export function requestIds(style: IdStyle): () => string {
  let count = 0;
  return () => {
    count += 1;
    switch (style) {
      case 'uuid':
        return randomUUID();
      case 'counted-uuid':
        return `${count}:${randomUUID()}`;
    }
  };
}
