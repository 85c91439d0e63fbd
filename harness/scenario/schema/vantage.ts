export const VANTAGES = ['loopback', 'lan', 'published', 'proxy', 'proxy-lan'] as const;
export type Vantage = (typeof VANTAGES)[number];

/** The vantages of a browser. `published` is not one, because only the host reaches a published port. */
export const BROWSER_VANTAGES = ['loopback', 'lan', 'proxy', 'proxy-lan'] as const satisfies readonly Vantage[];
export type BrowserVantage = (typeof BROWSER_VANTAGES)[number];

/** How nginx is set up in front of the gateway; harness/gateway/network/proxies.ts has the table with the reasons. */
export const PROXY_SETUPS = [
  'documented',
  'bare',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-real-ip',
  'behind-another',
] as const;
export type ProxySetup = (typeof PROXY_SETUPS)[number];
