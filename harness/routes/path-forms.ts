import type { Form } from './dimensions.ts';

/**
 * Writes a path in a form, as the target of a request line. `path` begins with a slash and may have a query, which stays as it is.
 * `authority` is the host and port of the absolute form.
 */
export function targetOf(path: string, form: Form, authority: string): string {
  const end = path.indexOf('?');
  const [way, query] = end === -1 ? [path, ''] : [path.slice(0, end), path.slice(end)];
  return `${written(way, form, authority)}${query}`;
}

function written(way: string, form: Form, authority: string): string {
  switch (form) {
    case 'plain-path':
      return way;
    case 'double-slash':
      return `/${way}`;
    case 'dot-segment':
      return `/.${way}`;
    case 'out-of-a-folder':
      return `/assets/..${way}`;
    case 'encoded-dot-segment':
      return `/assets/%2e%2e${way}`;
    case 'encoded-slash':
      // The slash after the first segment; a path of one segment gets it in front.
      return way.indexOf('/', 1) === -1
        ? `/%2f${way.slice(1)}`
        : `${way.slice(0, way.indexOf('/', 1))}%2f${way.slice(way.indexOf('/', 1) + 1)}`;
    case 'semicolon':
      return `${way};x=1`;
    case 'upper-case':
      return way.toUpperCase();
    case 'trailing-dot':
      return `${way}.`;
    case 'trailing-slash':
      return `${way}/`;
    case 'absolute-form':
      return `http://${authority}${way}`;
  }
}
