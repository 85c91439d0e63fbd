import { CLIENT_KINDS, type Credentials, connectParams, honestClaims } from '../../client/claims.ts';
import { requestIds } from '../../client/request-ids.ts';
import { GATEWAY_PORT, REBOUND_HOST } from '../../gateway/network/proxies.ts';
import type { SelfReport } from '../../gateway/stage/stage.ts';
import type { StepBody } from '../../scenario/schema/step.ts';

/** A page of another site: its address, and its HTML. */
export type PageOfAnotherSite = { url: string; html: string };

/**
 * The addresses of the two pages. That of a `foreign` page is another origin than the gateway's. The name of a `rebound` page has led to the
 * server of its site, and now leads to the gateway, so that a browser takes the gateway for the same site.
 */
const ADDRESSES = {
  foreign: 'http://elsewhere.example/',
  rebound: `http://${REBOUND_HOST}:${GATEWAY_PORT}/postern`,
} as const;

/** What the page is opened with: the origin of the gateway, the credentials that the page obtained, and what the gateway calls itself. */
type About = { origin: string; credentials: Credentials; gateway: SelfReport };

/**
 * Gives a page that first asks for the paths of `reads` by HTTP, plainly and with its secret, and shows what its browser let it read, and then connects
 * as the Control UI does. It asks with the browser's own credentials, and without them if that fails: a gateway that allows its answers to every
 * site (`*`) allows them only to requests without. It has no device block: a page cannot obtain the key of another page.
 */
export function pageOfAnotherSite(
  { page, reads = [] }: Pick<StepBody<'browser'>, 'reads'> & { page: keyof typeof ADDRESSES },
  { origin, credentials, gateway }: About,
): PageOfAnotherSite {
  const url = ADDRESSES[page];
  const target = page === 'rebound' ? new URL(url).origin : origin;
  const secret = credentials.token ?? credentials.password;
  const bearer = secret === undefined ? [] : [{ Authorization: `Bearer ${secret}` }];
  const requests = reads.flatMap((path) => [{}, ...bearer].map((headers) => ({ path, headers })));
  const html = `<!doctype html><title>Elsewhere</title><p>A page of somebody else.</p><script>
    const connect = () => {
      const socket = new WebSocket(${literal(target.replace(/^http/, 'ws'))});
      socket.onmessage = ({ data }) => {
        if (JSON.parse(data).event === 'connect.challenge') socket.send(${literal(JSON.stringify(connectRequest(credentials, gateway)))});
      };
    };
    const ask = async () => {
      const read = [];
      for (const { path, headers } of ${literal(requests)}) {
        for (const credentials of ['include', 'omit']) {
          try {
            const answer = await fetch(${literal(target)} + path, { headers, credentials });
            await answer.text();
            read.push(path + ' ' + (headers.Authorization ? 'with the secret ' : '') + answer.status);
            break;
          } catch {}
        }
      }
      document.body.append('Read: ' + (read.join(', ') || 'nothing'));
    };
    ${reads.length === 0 ? 'connect()' : 'ask().finally(connect)'};
  </script>`;
  return { url, html };
}

/** A value as a literal of a script in HTML. */
const literal = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

function connectRequest(credentials: Credentials, gateway: SelfReport): object {
  const { id, mode } = CLIENT_KINDS['control-ui'];
  const claims = {
    ...honestClaims({
      release: gateway.version(),
      buildId: gateway.buildId(),
      clientId: id,
      clientMode: mode,
      credentials,
    }),
    scopes: ['operator.read', 'operator.write', 'operator.admin'],
    identity: null,
  };
  return { type: 'req', id: requestIds(claims.ids)(), method: 'connect', params: connectParams(claims, '', 0) };
}
