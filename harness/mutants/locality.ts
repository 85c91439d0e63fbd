import { UNPAIRED, WIDENING } from './expected-checks.ts';
import { type Mutant, onBoth, onBothWithin } from './mutant.ts';
import { MESSAGE_HANDLER } from './shared-edits.ts';

/** Mutants that mistake the location of a client, or the origin of a page. */
export const LOCALITY: readonly Mutant[] = [
  {
    id: 'everyone-is-local',
    says: 'The gateway treats every client as local.',
    area: 'locality',
    expectedKills: [...UNPAIRED, 'identity/first-pairing-asks-admin/admin-from-published-port'],
    on: {
      '2026.4.1': [{ body: 'isLocalDirectRequest', with: 'return true;' }],
      '2026.9.6': [{ body: 'resolvePairingLocality', with: 'return "direct_local";' }],
    },
    further: {
      '2026.4.1': ['proxy-headers/forged-on-direct-connection/x-forwarded-for-from-lan'],
      '2026.9.6': WIDENING,
    },
  },
  {
    id: 'private-is-loopback',
    says: 'The gateway treats every private address as the loopback address.',
    area: 'locality',
    expectedKills: UNPAIRED,
    on: onBoth({
      body: 'isLoopbackAddress',
      source: 'src/gateway/net.ts',
      with: 'return isPrivateOrLoopbackAddress(ip);',
    }),
    further: {
      '2026.9.6': WIDENING,
    },
  },
  {
    id: 'forwarded-headers-ignored',
    says: 'The gateway ignores forwarded headers, and treats a forwarded request as local if the proxy is local.',
    area: 'forwarded headers',
    expectedKills: [
      'proxy-headers/forged-on-direct-connection/local-address-from-loopback',
      'proxy-headers/same-host-proxy/x-forwarded-for',
      'proxy-headers/same-host-proxy/x-real-ip',
      'proxy-headers/same-host-proxy/forwarded',
      'proxy-headers/same-host-proxy/x-forwarded-proto',
      'proxy-headers/forwarded-host-alone/x-forwarded-host',
    ],
    on: {
      '2026.4.1': [{ body: 'isLocalDirectRequest', with: 'return isLoopbackAddress(req?.socket?.remoteAddress);' }],
      '2026.9.6': [{ body: 'hasForwardedRequestHeaders', with: 'return false;' }],
    },
    further: {
      '2026.9.6': [
        'proxy-headers/forged-on-direct-connection/x-forwarded-for-from-lan',
        'proxy-headers/forged-on-direct-connection/no-upgrade-by-forging',
      ],
    },
  },
  {
    id: 'every-proxy-is-trusted',
    says: 'The gateway treats every sender of forwarded headers as a trusted proxy.',
    area: 'trusted proxies',
    expectedKills: [],
    on: {
      '2026.4.1': [{ body: 'isTrustedProxyAddress', source: 'src/gateway/net.ts', with: 'return true;' }],
      '2026.9.6': [
        {
          call: 'isTrustedProxyAddress',
          argument: 1,
          in: 'resolveGatewayIngressAttribution',
          with: 'hasProxyHeaders ? [remoteAddress] : params.trustedProxies',
        },
      ],
    },
    further: {
      '2026.4.1': [
        'proxy-headers/forged-on-direct-connection/local-address-from-loopback',
        'proxy-headers/forged-on-direct-connection/x-forwarded-for-from-lan',
        'proxy-headers/forged-on-direct-connection/x-real-ip-from-published',
        'proxy-headers/client-chosen-address/address-in-audit',
        'proxy-headers/client-chosen-address/forged-past-the-proxy',
      ],
      '2026.9.6': [
        'proxy-headers/forged-on-direct-connection/x-forwarded-for-from-lan',
        'proxy-headers/forged-on-direct-connection/forwarded-from-lan',
        'proxy-headers/forged-on-direct-connection/x-real-ip-from-published',
        'proxy-headers/forged-on-direct-connection/no-upgrade-by-forging',
        'proxy-headers/client-chosen-address/forged-past-the-proxy',
      ],
    },
  },
  {
    id: 'every-host-is-local',
    says: 'The gateway treats every Host as its own, and logs none as foreign.',
    area: 'host and origin',
    expectedKills: [
      'host-header/dns-rebinding/rebound-webchat',
      'host-header/dns-rebinding/rebound-control-ui',
      'host-header/dns-rebinding/rebound-as-cli',
    ],
    on: onBoth({ body: 'isLocalishHost', with: 'return true;' }),
  },
  {
    id: 'every-origin-is-allowed',
    says: 'The gateway admits pages of every origin.',
    area: 'host and origin',
    expectedKills: [
      'host-header/dns-rebinding/rebound-webchat',
      'host-header/dns-rebinding/rebound-control-ui',
      'host-header/dns-rebinding/rebound-as-cli',
      'host-header/dns-rebinding/same-name-from-lan',
      'host-header/foreign-page/as-cli',
      'host-header/foreign-page/as-backend',
      'host-header/foreign-page/as-webchat',
      'host-header/foreign-page/opaque-origin',
      'host-header/foreign-page/foreign-page-from-lan',
      'identity/first-pairing-asks-admin/a-foreign-page-with-the-secret',
    ],
    on: onBoth({ body: 'checkBrowserOrigin', with: 'return { ok: true, matchedBy: "allowlist" };' }),
  },
  {
    id: 'host-vouches-for-origin',
    says: 'The gateway admits a page whose origin equals the Host header, as it does after DNS rebinding.',
    area: 'host and origin',
    expectedKills: [
      'host-header/dns-rebinding/rebound-webchat',
      'host-header/dns-rebinding/rebound-control-ui',
      'host-header/dns-rebinding/rebound-as-cli',
      'host-header/dns-rebinding/same-name-from-lan',
    ],
    on: onBothWithin(MESSAGE_HANDLER, 'checkGatewayWsBrowserOrigin', {
      call: 'checkBrowserOrigin',
      argument: 0,
      property: 'allowHostHeaderOriginFallback',
      with: 'true',
    }),
  },
  {
    id: 'pages-that-call-themselves-commands',
    says: 'The gateway checks the origin of control panels and chat pages, but not of a page that connects as a command.',
    area: 'host and origin',
    expectedKills: [
      'host-header/foreign-page/as-cli',
      'host-header/foreign-page/as-backend',
      'host-header/dns-rebinding/rebound-as-cli',
    ],
    on: onBoth({
      body: 'resolveHandshakeBrowserSecurityContext',
      with: 'return { hasBrowserOriginHeader: false, enforceOriginCheckForAnyClient: false, rateLimitClientIp: params.clientIp, authRateLimiter: params.rateLimiter };',
    }),
  },
  {
    id: 'every-site-reads-answers',
    says: 'The gateway allows the pages of every site to read what it answers over HTTP.',
    area: 'host and origin',
    expectedKills: [
      'host-header/page-reads-over-http/foreign-page',
      'host-header/page-reads-over-http/foreign-page-from-lan',
    ],
    on: onBoth({ start: 'setDefaultSecurityHeaders', with: 'res.setHeader("Access-Control-Allow-Origin", "*");' }),
  },
  {
    id: 'pages-of-any-build',
    says: 'The gateway admits a page of any build, such as one that was open before an update.',
    area: 'host and origin',
    expectedKills: [
      'host-header/page-of-another-build/another-build',
      'host-header/page-of-another-build/no-build',
      'host-header/page-of-another-build/another-build-from-lan',
      'host-header/page-of-another-build/no-build-from-lan',
    ],
    on: { '2026.9.6': [{ body: 'resolveControlUiBuildMismatch', with: 'return null;' }] },
  },
];
