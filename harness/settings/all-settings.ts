import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import type { Setting, SettingValue, UnsafeValues } from './setting.ts';

const CONFIG_PAGE = 'docs/gateway/config-gateway.md';
const PROXY_PAGE = 'docs/gateway/trusted-proxy-auth.md';
const AUDIT_PAGE = 'docs/gateway/security/audit-checks.md';
const EXPOSURE_PAGE = 'docs/gateway/security/network-exposure.md';

/** Releases with which a gateway whose proxy signs users in has a pairing list that its owner can read. Earlier ones admit nobody else. */
const PROXY_SIGNS_IN = '>=2026.5.18';

type ProxyAuth = NonNullable<SettingValue['gateway']['config']>;

/** A gateway whose proxy signs users in. Its owner comes in with the password. */
const signedInByProxy = (more: ProxyAuth = {}): Pick<SettingValue, 'gateway' | 'startedAs'> => ({
  gateway: {
    auth: 'password',
    config: {
      gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-forwarded-user', ...more } } },
    },
  },
  startedAs: 'trusted-proxy',
});

/** Of what the audit warns if a proxy signs users in, and if every user of it is signed in. */
const OF_A_PROXY = [{ check: 'gateway.trusted_proxy_auth', releases: PROXY_SIGNS_IN }];
const OF_EVERY_USER = { check: 'gateway.trusted_proxy_no_allowlist', releases: PROXY_SIGNS_IN };

/** Every private address, as people set it who do not know that of their proxy. */
const PRIVATE = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

const gatewayConfig = (gateway: ProxyAuth): SettingValue['gateway'] => ({ config: { gateway } });

const TO_THE_PROXY = 'Requests from other IPs are rejected.';

const AUTH: Setting = {
  id: 'auth',
  restarts: true,
  values: [
    {
      ...{ id: 'token', gateway: {}, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(EXPOSURE_PAGE, 'Gateway auth is required by default'),
    },
    {
      ...{ id: 'password', gateway: { auth: 'password' }, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(EXPOSURE_PAGE, 'Gateway auth is required by default'),
    },
    {
      ...{ id: 'no-auth', gateway: { auth: 'none' }, releases: EVERY_RELEASE },
      opens: [
        { knocks: ['here/no-secret', 'here/silent-proxy'] },
        // The audit says so: "Reverse-proxied loopback may become unauthenticated". Later releases refuse a proxy that they do not know.
        { knocks: ['here/names-alice'], releases: '<2026.8.1' },
        { knocks: ['here/names-alice'], with: ['private-proxies'] },
      ],
      warns: [{ check: 'gateway.loopback_no_auth', releases: EVERY_RELEASE }],
      needs: ['loopback-only'],
      source: quoted(CONFIG_PAGE, 'Use only for trusted local loopback setups'),
    },
    {
      ...{ id: 'proxy-signs-in', ...signedInByProxy(), releases: PROXY_SIGNS_IN },
      opens: [
        { knocks: ['lan/alice', 'lan/bob', 'lan/alice-without-the-header'] },
        { knocks: ['elsewhere/alice'], with: ['private-proxies'] },
      ],
      warns: [...OF_A_PROXY, OF_EVERY_USER],
      needs: ['exact-proxy'],
      source: quoted(PROXY_PAGE, TO_THE_PROXY),
    },
    {
      id: 'proxy-signs-alice-in',
      ...signedInByProxy({ allowUsers: ['alice'], requiredHeaders: ['x-signed-in-by'] }),
      releases: PROXY_SIGNS_IN,
      opens: [{ knocks: ['lan/alice'] }, { knocks: ['elsewhere/alice'], with: ['private-proxies'] }],
      warns: OF_A_PROXY,
      needs: ['exact-proxy'],
      source: quoted(PROXY_PAGE, 'must include the extracted user'),
    },
    {
      id: 'proxy-approves-devices',
      ...signedInByProxy({ deviceAutoApprove: { enabled: true, scopes: ['operator.read'] } }),
      releases: '>=2026.8.1',
      opens: [
        { knocks: ['lan/alice', 'lan/bob', 'lan/alice-without-the-header'] },
        { knocks: ['elsewhere/alice'], with: ['private-proxies'] },
      ],
      warns: [
        ...OF_A_PROXY,
        OF_EVERY_USER,
        { check: 'gateway.trusted_proxy_device_auto_approve', releases: '>=2026.8.1' },
      ],
      needs: ['exact-proxy'],
      source: quoted(PROXY_PAGE, 'Automatically approve new browser and native UI operator devices'),
    },
    {
      id: 'proxy-on-this-machine',
      ...signedInByProxy({ allowLoopback: true }),
      releases: PROXY_SIGNS_IN,
      opens: [
        { knocks: ['lan/alice', 'lan/bob', 'lan/alice-without-the-header', 'elsewhere/alice', 'here/names-alice'] },
      ],
      warns: [
        ...OF_A_PROXY,
        OF_EVERY_USER,
        { check: 'gateway.trusted_proxy_allow_loopback', releases: PROXY_SIGNS_IN },
      ],
      needs: ['private-proxies'],
      source: quoted(PROXY_PAGE, 'Opt-in support for same-host loopback reverse proxies.'),
    },
  ],
};

const BIND: Setting = {
  id: 'bind',
  restarts: true,
  values: [
    {
      ...{ id: 'every-interface', gateway: {}, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(CONFIG_PAGE, 'Non-loopback binds require gateway auth.'),
    },
    {
      ...{ id: 'loopback-only', gateway: { bind: 'loopback' }, releases: EVERY_RELEASE, opens: [], warns: [] },
      closes: ['lan/secret', 'elsewhere/secret'],
      source: quoted(CONFIG_PAGE, 'listens on `127.0.0.1` inside the container'),
    },
    {
      id: 'custom-address',
      gateway: gatewayConfig({ bind: 'custom', customBindHost: '0.0.0.0' }),
      ...{ releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(CONFIG_PAGE, 'Non-loopback binds require gateway auth.'),
    },
  ],
};

const PROXIES: Setting = {
  id: 'trusted-proxies',
  restarts: false,
  values: [
    {
      ...{ id: 'no-proxy', gateway: {}, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(PROXY_PAGE, TO_THE_PROXY),
    },
    {
      ...{ id: 'exact-proxy', gateway: gatewayConfig({ trustedProxies: ['<peer>'] }) },
      ...{ releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(PROXY_PAGE, 'client-address headers must resolve to a non-loopback client'),
    },
    {
      ...{ id: 'private-proxies', gateway: gatewayConfig({ trustedProxies: PRIVATE }) },
      ...{ releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(PROXY_PAGE, 'client-address headers must resolve to a non-loopback client'),
    },
  ],
};

const REAL_IP: Setting = {
  id: 'real-ip',
  restarts: false,
  values: [
    {
      ...{ id: 'no-real-ip', gateway: {}, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(CONFIG_PAGE, 'Default `false` for fail-closed behavior.'),
    },
    {
      ...{ id: 'real-ip-fallback', gateway: gatewayConfig({ allowRealIpFallback: true }), releases: EVERY_RELEASE },
      opens: [],
      warns: [{ check: 'gateway.real_ip_fallback_enabled', releases: EVERY_RELEASE }],
      source: quoted(CONFIG_PAGE, 'accepts `X-Real-IP` if `X-Forwarded-For` is missing'),
    },
  ],
};

const ORIGINS: Setting = {
  id: 'origins',
  restarts: false,
  values: [
    {
      ...{ id: 'listed-origins', gateway: {}, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(CONFIG_PAGE, 'explicit browser-origin allowlist for Gateway WebSocket connects'),
    },
    {
      ...{
        id: 'any-origin',
        gateway: gatewayConfig({ controlUi: { allowedOrigins: ['*'] } }),
        releases: EVERY_RELEASE,
      },
      opens: [{ knocks: ['here/foreign-page', 'here/rebound-page', 'lan/foreign-page', 'lan/rebound-page'] }],
      warns: [{ check: 'gateway.control_ui.allowed_origins_wildcard', releases: EVERY_RELEASE }],
      source: quoted(EXPOSURE_PAGE, 'is an explicit allow-all policy, not a hardened default'),
    },
    {
      id: 'origin-of-the-host',
      gateway: gatewayConfig({ controlUi: { dangerouslyAllowHostHeaderOriginFallback: true } }),
      releases: '>=2026.2.24',
      opens: [{ knocks: ['here/rebound-page', 'lan/rebound-page'] }],
      warns: [{ check: 'gateway.control_ui.host_header_origin_fallback', releases: '>=2026.2.24' }],
      source: quoted(AUDIT_PAGE, 'Enables Host-header origin fallback (DNS rebinding hardening downgrade)'),
    },
  ],
};

/** Retired by 2026.8.1, which starts with them and ignores them. */
const RETIRED = '>=2026.8.1';

const PAGES: Setting = {
  id: 'pages',
  restarts: true,
  values: [
    {
      ...{ id: 'pages-have-devices', gateway: {}, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(EXPOSURE_PAGE, 'Token/password auth does not replace browser device identity'),
    },
    {
      ...{ id: 'insecure-pages', gateway: gatewayConfig({ controlUi: { allowInsecureAuth: true } }) },
      releases: '<2026.8.1',
      opens: [{ knocks: ['here/page-without-device'] }],
      warns: [{ check: 'gateway.control_ui.insecure_auth', releases: '<2026.8.1' }],
      source: quoted(
        EXPOSURE_PAGE,
        'Token/password auth does not replace browser device identity',
        'The pages of earlier releases say that allowInsecureAuth lets pages at localhost proceed without a device, and no others.',
      ),
    },
    {
      ...{ id: 'pages-without-devices', gateway: gatewayConfig({ controlUi: { dangerouslyDisableDeviceAuth: true } }) },
      releases: EVERY_RELEASE,
      opens: [{ knocks: ['here/page-without-device', 'lan/page-without-device'] }],
      ignoredIn: RETIRED,
      warns: [{ check: 'gateway.control_ui.device_auth_disabled', releases: '<2026.8.1' }],
      source: quoted(EXPOSURE_PAGE, 'retired break-glass input, now fully inert'),
    },
  ],
};

const NODES: Setting = {
  id: 'nodes',
  restarts: false,
  values: [
    {
      ...{ id: 'nodes-by-hand', gateway: {}, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(CONFIG_PAGE, 'It is disabled when unset.'),
    },
    {
      id: 'nodes-of-the-network',
      gateway: gatewayConfig({ nodes: { pairing: { autoApproveCidrs: ['<network>'] } } }),
      releases: '>=2026.4.27',
      opens: [{ knocks: ['lan/node'] }],
      warns: [],
      source: quoted(CONFIG_PAGE, 'auto-approving first-time node device pairing with no requested scopes'),
    },
  ],
};

const LOCAL: Setting = {
  id: 'local-clients',
  restarts: false,
  values: [
    {
      ...{ id: 'local-by-itself', gateway: {}, releases: EVERY_RELEASE, opens: [], warns: [] },
      source: quoted(CONFIG_PAGE, 'silently approves pairing, role upgrades, and scope upgrades'),
    },
    {
      id: 'local-by-hand',
      gateway: gatewayConfig({ nodes: { pairing: { autoApproveLocal: false } } }),
      releases: '>=2026.8.1',
      ...{ opens: [], warns: [] },
      closes: ['here/secret'],
      source: quoted(CONFIG_PAGE, 'to require explicit approval for every device'),
    },
  ],
};

/** The access settings of a gateway. A value that no release before another one knows says so with its releases. */
export const SETTINGS: readonly Setting[] = [AUTH, BIND, PROXIES, REAL_IP, ORIGINS, PAGES, NODES, LOCAL];

const WITHOUT_PROXY = {
  because: 'Every client would be the proxy, and could name itself as any user.',
  releases: PROXY_SIGNS_IN,
  source: quoted(AUDIT_PAGE, 'Trusted-proxy auth without trusted proxy IPs is unsafe'),
};
const SAME_CHECK = { shownBy: 'signed-in-by-no-proxy' };
const WITHOUT_SECRET = {
  because: 'Every machine that reaches the port could do everything.',
  releases: EVERY_RELEASE,
  source: quoted(CONFIG_PAGE, 'Non-loopback binds require gateway auth.'),
};

/**
 * Values that a gateway refuses to start with at once. A row is wrong if a gateway of these releases starts with them; one of each check is played. Every value
 * whose clients come through a proxy is in a row with `no-proxy`.
 */
export const UNSAFE_VALUES: readonly UnsafeValues[] = [
  { id: 'no-auth-on-every-interface', values: ['no-auth', 'every-interface'], ...WITHOUT_SECRET },
  { id: 'no-auth-at-a-custom-address', values: ['no-auth', 'custom-address'], ...WITHOUT_SECRET },
  { id: 'signed-in-by-no-proxy', values: ['proxy-signs-in', 'no-proxy'], ...WITHOUT_PROXY },
  { id: 'alice-by-no-proxy', values: ['proxy-signs-alice-in', 'no-proxy'], ...WITHOUT_PROXY, ...SAME_CHECK },
  { id: 'approved-by-no-proxy', values: ['proxy-approves-devices', 'no-proxy'], ...WITHOUT_PROXY, ...SAME_CHECK },
  { id: 'no-proxy-on-this-machine', values: ['proxy-on-this-machine', 'no-proxy'], ...WITHOUT_PROXY, ...SAME_CHECK },
];

/** Every value by its id. */
export const VALUES: ReadonlyMap<string, SettingValue> = new Map(
  SETTINGS.flatMap(({ values }) => values.map((value): [string, SettingValue] => [value.id, value])),
);
