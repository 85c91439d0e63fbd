import { randomUUID } from 'node:crypto';
import type { IdStyle } from './published-clients.ts';

/** The ids of the requests on one connection, one at each call, as a published client makes them. */
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
