import {
  type BrowserVantage,
  PROXY_SETUPS,
  type ProxySetup,
  VANTAGES,
  type Vantage,
} from '../../scenario/schema/vantage.ts';

/** The gateway's own port inside its container. */
export const GATEWAY_PORT = 18789;
/** Port of the relay in both helper containers. The relay forwards TCP bytes unchanged. */
const RELAY_PORT = 18790;
const FIRST_PROXY_PORT = 18801;
/** First port of the same proxies with TLS, which browsers need. */
const FIRST_TLS_PORT = 18831;
/** Port at which a browser is controlled in its network namespace, and port of the relay to it. */
export const BROWSER_PORT = 9222;
export const BROWSER_RELAY_PORT = 18940;

/** The headers that the documented proxy sets. */
const DOCUMENTED = [
  'Host $http_host',
  'X-Real-IP $remote_addr',
  'X-Forwarded-For $proxy_add_x_forwarded_for',
  'X-Forwarded-Proto $scheme',
  'X-Forwarded-Host $http_host',
];

/**
 * For each proxy setup: what it represents (`why`), the headers that it sets on a request, and the setup that it forwards to, if that is
 * not the gateway (`to`).
 */
const SETUPS: Record<ProxySetup, { why: string; headers: string[]; to?: ProxySetup }> = {
  documented: {
    why: "the reverse proxy of the gateway's documentation: keeps Host, appends the client address",
    headers: DOCUMENTED,
  },
  bare: {
    why: 'a proxy that adds no client header: the gateway cannot distinguish its clients from a local one',
    headers: ['Host $http_host'],
  },
  forwarded: {
    why: 'only the standard header of RFC 7239',
    headers: ['Host $http_host', 'Forwarded for=$remote_addr'],
  },
  'x-forwarded-for': { why: 'only the client address', headers: ['Host $http_host', 'X-Forwarded-For $remote_addr'] },
  'x-forwarded-proto': {
    why: 'only the scheme, which names no client',
    headers: ['Host $http_host', 'X-Forwarded-Proto $scheme'],
  },
  'x-forwarded-host': {
    why: 'only the requested host, which names no client',
    headers: ['Host $http_host', 'X-Forwarded-Host $http_host'],
  },
  'x-real-ip': { why: "only nginx's own header", headers: ['Host $http_host', 'X-Real-IP $remote_addr'] },
  'behind-another': {
    why: "the first of two: forwards to the documented proxy on the gateway's machine",
    headers: DOCUMENTED,
    to: 'documented',
  },
};

function proxyPort(setup: ProxySetup): number {
  return FIRST_PROXY_PORT + PROXY_SETUPS.indexOf(setup);
}

function tlsPort(setup: ProxySetup): number {
  return FIRST_TLS_PORT + PROXY_SETUPS.indexOf(setup);
}

/** A route to the gateway: a vantage and, if it is a proxy, the proxy's setup. */
export type Route = { from: Vantage; through: ProxySetup };

/** The machine that a browser appears to run on, to the gateway and the page: the gateway's own (`here`), or another (`away`). */
export type BrowserPlace = 'here' | 'away';

/** Whether a proxy of the stage forwards what a client of this route sends; otherwise the client speaks with the gateway itself. */
export function isProxied({ from }: Pick<Route, 'from'>): boolean {
  return from === 'proxy' || from === 'proxy-lan';
}

/** The route of the operator. */
export const OPERATORS_ROUTE: Route = { from: 'loopback', through: 'documented' };

/** Every vantage with every proxy setup. */
export const EVERY_ROUTE: readonly Route[] = VANTAGES.flatMap((from) =>
  PROXY_SETUPS.map((through): Route => ({ from, through })),
);

/** The helper container that a route goes through, and its port in that container. */
export function placeOf({ from, through }: Route): { helper: 'front' | 'peer'; port: number } {
  return {
    loopback: { helper: 'front', port: RELAY_PORT } as const,
    lan: { helper: 'peer', port: RELAY_PORT } as const,
    published: { helper: 'front', port: GATEWAY_PORT } as const,
    proxy: { helper: 'front', port: proxyPort(through) } as const,
    'proxy-lan': { helper: 'peer', port: proxyPort(through) } as const,
  }[from];
}

/**
 * The ports that a helper container publishes for these routes, without duplicates. Only ports of routes in use are published: an
 * engine runs a dozen iptables commands per published port, and with all ports a stage took 3 s to remove (2 cores, Docker 20.10).
 */
export function portsOf(helper: 'front' | 'peer', routes: readonly Route[]): number[] {
  const places = routes.map(placeOf).filter((place) => place.helper === helper);
  return [...new Set(places.map(({ port }) => port))];
}

/** The machine of a browser that connects from this vantage. */
export function browserPlaceOf(from: BrowserVantage): BrowserPlace {
  return from === 'loopback' ? 'here' : 'away';
}

/** The public names of the proxies: of those on the gateway's machine (`proxy`), and of those on another machine (`proxy-lan`). */
const PROXY_HOSTS = { proxy: 'assistant.example', 'proxy-lan': 'proxy.example' } as const;

/**
 * The authority in a client's URL, which is also its Host header: 127.0.0.1 on the gateway's machine and at a port that the engine
 * publishes as documented (`-p 18789:18789`), the gateway's name from another machine, the public name of a proxy.
 */
export function authorityOf(from: Vantage): string {
  switch (from) {
    case 'loopback':
    case 'published':
      return `127.0.0.1:${GATEWAY_PORT}`;
    case 'lan':
      return `gateway:${GATEWAY_PORT}`;
    case 'proxy':
    case 'proxy-lan':
      return PROXY_HOSTS[from];
  }
}

/** The name of a site whose owner lets it lead to the gateway, once a browser has loaded a page of the site (DNS rebinding). */
export const REBOUND_HOST = 'rebound.example';

/** Gives Chromium's resolver rules: the containers to which the names of the proxies lead, and the address that a rebound name leads to. */
export function hostRules(place: BrowserPlace): string {
  const rebound = place === 'here' ? '127.0.0.1' : 'gateway';
  const hosts = { [PROXY_HOSTS.proxy]: 'gateway', [PROXY_HOSTS['proxy-lan']]: 'peer', [REBOUND_HOST]: rebound };
  return Object.entries(hosts)
    .map(([name, address]) => `MAP ${name} ${address}`)
    .join(',');
}

/**
 * The origin of the gateway's pages: by address on the same machine, by name from another machine, by HTTPS and name at a proxy. `tls`: whether
 * the gateway speaks TLS itself.
 */
export function originOf({ from, through }: { from: BrowserVantage; through: ProxySetup }, tls: boolean): string {
  switch (from) {
    case 'loopback':
    case 'lan':
      return `${tls ? 'https' : 'http'}://${authorityOf(from)}`;
    case 'proxy':
    case 'proxy-lan':
      return `https://${PROXY_HOSTS[from]}:${tlsPort(through)}`;
  }
}

const NGINX_HEAD = [
  'daemon off;',
  'worker_processes 1;',
  'pid /tmp/nginx.pid;',
  'error_log stderr warn;',
  'include /etc/nginx/modules-enabled/*.conf;',
  'events { worker_connections 512; }',
];

/**
 * The configuration of the nginx in a helper container: the relay and every proxy, which forward to `target` (the gateway's host name
 * or address, as seen from that container). `tls`: whether the gateway speaks TLS itself; the relay forwards its bytes in any case.
 */
export function nginxConfig(target: string, tls: boolean): string {
  const upstream = `${target}:${GATEWAY_PORT}`;
  const servers = PROXY_SETUPS.map((setup) => {
    const { headers: lines, to: next } = SETUPS[setup];
    const headers = lines.map((header) => {
      const [name, ...value] = header.split(' ');
      return `      proxy_set_header ${name} "${value.join(' ')}";`;
    });
    return [
      `  server { # ${SETUPS[setup].why}`,
      `    listen ${proxyPort(setup)};`,
      `    listen ${tlsPort(setup)} ssl;`,
      '    location / {',
      `      proxy_pass ${next === undefined ? `${tls ? 'https' : 'http'}://${upstream}` : `http://${target}:${proxyPort(next)}`};`,
      '      proxy_http_version 1.1;',
      '      proxy_set_header Upgrade $http_upgrade;',
      '      proxy_set_header Connection "upgrade";',
      ...headers,
      '    }',
      '  }',
    ].join('\n');
  });
  return [
    ...NGINX_HEAD,
    'stream {',
    `  server { listen ${RELAY_PORT}; proxy_pass ${upstream}; }`,
    '}',
    'http {',
    '  access_log off;',
    '  client_body_temp_path /tmp/body; proxy_temp_path /tmp/proxy; fastcgi_temp_path /tmp/fastcgi;',
    '  uwsgi_temp_path /tmp/uwsgi; scgi_temp_path /tmp/scgi;',
    '  proxy_read_timeout 600s;',
    '  ssl_certificate /etc/postern/certificate.pem; ssl_certificate_key /etc/postern/key.pem;',
    ...servers,
    '}',
    '',
  ].join('\n');
}

/**
 * The configuration of the nginx in a browser's network namespace, which is not the gateway's. It contains the relay to the port at which
 * the harness controls the browser. For a browser that appears to run on the gateway's machine (`here`), it also listens at the gateway's
 * loopback address, and forwards to the relay in the gateway's network namespace (`gateway` is its address), so that the gateway sees
 * a client on its own loopback.
 */
export function browserNginxConfig(place: BrowserPlace, gateway: string): string {
  const here = `  server { listen 127.0.0.1:${GATEWAY_PORT}; proxy_pass ${gateway}:${RELAY_PORT}; }`;
  return [
    ...NGINX_HEAD,
    'stream {',
    `  server { listen ${BROWSER_RELAY_PORT}; proxy_pass 127.0.0.1:${BROWSER_PORT}; }`,
    ...(place === 'here' ? [here] : []),
    '}',
    '',
  ].join('\n');
}
