import { type BrowserVantage, PROXY_SETUPS, type ProxySetup, VANTAGES, type Vantage } from '../scenario/vantage.ts';

/** The gateway's own port inside its container. */
export const GATEWAY_PORT = 18789;
/** Where the relay listens in either helper container: a TCP forwarder that touches no byte. */
const RELAY_PORT = 18790;
const FIRST_PROXY_PORT = 18801;
/** The same proxies with TLS ended at them, as browsers want it. */
const FIRST_TLS_PORT = 18831;
/** Where a browser takes orders in its network namespace, and the relay that leads there. */
export const BROWSER_PORT = 9222;
export const BROWSER_RELAY_PORT = 18940;

/** The header lines of the documented proxy. */
const DOCUMENTED = [
  'Host $http_host',
  'X-Real-IP $remote_addr',
  'X-Forwarded-For $proxy_add_x_forwarded_for',
  'X-Forwarded-Proto $scheme',
  'X-Forwarded-Host $http_host',
];

/** What each nginx adds to a request, why it is here, and the proxy that it leads to where that is not the gateway. */
const SETUPS: Record<ProxySetup, { why: string; headers: string[]; to?: ProxySetup }> = {
  documented: {
    why: "the reverse proxy of the gateway's documentation: Host passed on, client address appended",
    headers: DOCUMENTED,
  },
  bare: {
    why: 'a proxy that tells nothing of the client: it cannot be told from a local one',
    headers: ['Host $http_host'],
  },
  forwarded: {
    why: 'the standard header of RFC 7239 alone',
    headers: ['Host $http_host', 'Forwarded for=$remote_addr'],
  },
  'x-forwarded-for': { why: 'the client address alone', headers: ['Host $http_host', 'X-Forwarded-For $remote_addr'] },
  'x-forwarded-proto': {
    why: 'the scheme alone, which names no client',
    headers: ['Host $http_host', 'X-Forwarded-Proto $scheme'],
  },
  'x-forwarded-host': {
    why: 'the asked host alone, which names no client',
    headers: ['Host $http_host', 'X-Forwarded-Host $http_host'],
  },
  'x-real-ip': { why: "nginx's own header alone", headers: ['Host $http_host', 'X-Real-IP $remote_addr'] },
  'behind-another': {
    why: 'the first of two: the documented proxy in front of the documented proxy beside the gateway',
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

/** A way to the gateway: a vantage and, where it is a proxy, which nginx. */
export type Route = { from: Vantage; through: ProxySetup };

/** Where a browser runs, as the gateway and the page see it: on the gateway's own machine, or on another. */
export type BrowserPlace = 'here' | 'away';

/** The way on which the harness's own operator comes. */
export const OPERATORS_ROUTE: Route = { from: 'loopback', through: 'documented' };

export const EVERY_ROUTE: readonly Route[] = VANTAGES.flatMap((from) =>
  PROXY_SETUPS.map((through): Route => ({ from, through })),
);

/** The helper container that a door is in, and its port there. */
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
 * The ports that a helper container publishes for these doors, each once. Doors that nobody knocks at stay shut: an engine
 * runs a dozen iptables commands per published port, and with all of them a stage took 3 s to remove (2 cores, Docker 20.10).
 */
export function portsOf(helper: 'front' | 'peer', routes: readonly Route[]): number[] {
  const places = routes.map(placeOf).filter((place) => place.helper === helper);
  return [...new Set(places.map(({ port }) => port))];
}

/** Where a browser runs that comes from this vantage. */
export function browserPlaceOf(from: BrowserVantage): BrowserPlace {
  return from === 'loopback' ? 'here' : 'away';
}

/** The public names of the proxies: of the one beside the gateway, and of the one on another machine. */
const PROXY_HOSTS = { proxy: 'assistant.example', 'proxy-lan': 'proxy.example' } as const;

/**
 * What a client types to come this way, which its Host header says: the address on the same machine and at a port that the engine
 * publishes as the documentation has it (`-p 18789:18789`), the gateway's name from another machine, the public name of a proxy.
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

/** What a browser is told of those names: the containers that they lead to. */
export const HOST_RULES = `MAP ${PROXY_HOSTS.proxy} gateway,MAP ${PROXY_HOSTS['proxy-lan']} peer`;

/** The origin of the gateway's pages as a person types it: by address on the same machine, by name from another, over HTTPS at a proxy. */
export function originOf({ from, through }: { from: BrowserVantage; through: ProxySetup }): string {
  switch (from) {
    case 'loopback':
      return `http://127.0.0.1:${GATEWAY_PORT}`;
    case 'lan':
      return `http://gateway:${GATEWAY_PORT}`;
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
 * The configuration of the nginx in a helper container: the relay and every proxy, all in front of `target`
 * (host name or address of the gateway as seen from that container).
 */
export function nginxConfig(target: string): string {
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
      `      proxy_pass http://${next === undefined ? upstream : `${target}:${proxyPort(next)}`};`,
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
 * The configuration of the nginx beside a browser, in a network namespace that the gateway is not in: the relay to the port at which the
 * browser takes orders, and, for a browser that counts as on the gateway's own machine, the gateway's address as seen there. That leads to
 * the relay beside the gateway (`gateway`, an address), so that the gateway sees somebody on its own loopback.
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
