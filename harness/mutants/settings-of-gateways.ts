import type { Edit } from './patch.ts';
import { comparisonAnd, onEach, type SurveyMutant } from './survey-mutant.ts';

/** The properties that these mutants break. */
const UNSAFE = 'unsafe-settings-do-not-start';
const MORE = 'no-more-than-the-settings-open';
const DOES = 'a-setting-does-what-it-says';
const AUDIT = 'the-audit-warns';

/** The edit that makes a condition of a function false. */
const never = (condition: string, within: string): Edit => ({ condition, in: within, with: 'false' });

/** The same where the condition is written once, because its function has another name on each release. */
const silent = (condition: string): Edit => ({ condition, with: 'false' });

/** On the releases on which users come in by a proxy and an owner can look at the pairing list. */
const onProxies = (...edits: readonly Edit[]): SurveyMutant['on'] => ({ '2026.7.1': edits, '2026.9.6': edits });

const PROXY = 'authorizeTrustedProxy';

/** The condition with which a gateway refuses to listen on the network without a secret. Its command has a check of its own before that. */
const EXPOSED = '!isLoopbackHost(bindHost) && !hasSharedSecret && authMode !== "trusted-proxy"';
const COMMAND_STARTS_IT: Edit = { body: 'shouldBlockGatewayBindWithoutExplicitAuth', with: 'return false;' };

/** The edit with which the setting for pages at localhost holds for pages from everywhere. */
const INSECURE_PAGES: Edit = {
  condition: '!params.controlUiAuthPolicy.allowInsecureAuthConfigured || !params.isLocalClient',
  in: 'evaluateMissingDeviceIdentity',
  with: '!params.controlUiAuthPolicy.allowInsecureAuthConfigured',
};

/** Mutants that ignore a setting, take it for a wider one, start with what nobody could use safely, or do not warn. */
export const SETTINGS_OF_GATEWAYS: readonly SurveyMutant[] = [
  {
    id: 'starts-on-every-interface-without-auth',
    says: 'The gateway starts without authentication on every interface.',
    expects: comparisonAnd(UNSAFE),
    shownBy: [{ values: ['no-auth', 'every-interface'] }, { values: ['no-auth', 'custom-address'] }],
    on: {
      '2026.4.1': [
        never(EXPOSED, 'resolveGatewayRuntimeConfig'),
        silent('bind !== "loopback" && !hasSharedSecret && !canBootstrapToken && resolvedAuthMode !== "trusted-proxy"'),
      ],
      '2026.7.1': [never(EXPOSED, 'resolveGatewayRuntimeConfig'), COMMAND_STARTS_IT],
      '2026.9.6': [never(EXPOSED, 'assertGatewayRuntimeSecurityConfig'), COMMAND_STARTS_IT],
    },
  },
  {
    id: 'starts-with-no-trusted-proxy',
    says: 'The gateway starts in trusted-proxy mode without an address of a proxy.',
    expects: comparisonAnd(UNSAFE),
    shownBy: [{ values: ['proxy-signs-in', 'no-proxy'] }],
    on: {
      '2026.7.1': [never('trustedProxies.length === 0', 'resolveGatewayRuntimeConfig')],
      '2026.9.6': [
        never(
          'authMode === "trusted-proxy" && !cfg.gateway?.trustedProxies?.length',
          'assertGatewayRuntimeSecurityConfig',
        ),
      ],
    },
  },
  {
    id: 'host-fallback-takes-every-origin',
    says: 'With the fallback to the Host header, the gateway accepts pages of every origin.',
    expects: comparisonAnd(MORE),
    shownBy: [{ values: ['origin-of-the-host'] }],
    on: onEach({
      condition: 'params.allowHostHeaderOriginFallback === true && requestHost && parsedOrigin.host === requestHost',
      in: 'checkBrowserOrigin',
      with: 'params.allowHostHeaderOriginFallback === true',
    }),
  },
  {
    id: 'every-user-of-the-proxy-comes-in',
    says: 'The gateway ignores the list of users whom the proxy may sign in.',
    expects: comparisonAnd(MORE),
    shownBy: [{ values: ['proxy-signs-alice-in'] }],
    on: onProxies(never('allowUsers.length > 0 && !allowUsers.includes(user)', PROXY)),
  },
  {
    id: 'headers-of-the-proxy-may-lack',
    says: 'The gateway ignores the list of headers that only the proxy sends.',
    expects: comparisonAnd(MORE),
    shownBy: [{ values: ['proxy-signs-alice-in'] }],
    on: onProxies({ constant: 'requiredHeaders', in: PROXY, with: '[]' }),
  },
  {
    id: 'nobody-need-be-signed-in',
    says: 'A request of the proxy without a user counts as one of a user.',
    expects: comparisonAnd(MORE),
    shownBy: [{ values: ['proxy-signs-in', 'exact-proxy'] }],
    on: onProxies({
      constant: 'userHeaderValue',
      in: PROXY,
      with: 'headerValue(req.headers[normalizeLowercaseStringOrEmpty(trustedProxyConfig.userHeader)]) || "guest"',
    }),
  },
  {
    id: 'programs-on-this-machine-are-the-proxy',
    says: 'The gateway takes users from every program on its own machine, although only a proxy elsewhere may sign them in.',
    expects: comparisonAnd(MORE),
    shownBy: [{ values: ['proxy-signs-in', 'private-proxies'] }],
    on: onProxies(never('remoteIsLoopback && trustedProxyConfig.allowLoopback !== true', PROXY)),
  },
  {
    id: 'operators-of-the-network-need-no-approval',
    says: 'The range of addresses from which nodes need no approval holds for operators too.',
    expects: comparisonAnd(MORE),
    shownBy: [{ values: ['nodes-of-the-network'] }],
    on: onProxies({
      start: 'shouldAutoApproveNodePairingFromTrustedCidrs',
      with: 'if (params.autoApproveCidrs?.length && params.reportedClientIp) return isTrustedProxyAddress(params.reportedClientIp, params.autoApproveCidrs);',
    }),
  },
  {
    id: 'every-node-needs-no-approval',
    says: 'The gateway approves every new node, whatever range of addresses is set.',
    expects: comparisonAnd(DOES),
    shownBy: [{ values: ['nodes-of-the-network'] }],
    on: onProxies({
      start: 'shouldAutoApproveNodePairingFromTrustedCidrs',
      with: 'if (params.role === "node" && !params.existingPairedDevice) return true;',
    }),
  },
  {
    id: 'local-clients-need-no-approval-all-the-same',
    says: 'The gateway approves local clients by itself although its owner turned that off.',
    expects: comparisonAnd(DOES),
    shownBy: [{ values: ['local-by-hand'] }],
    on: { '2026.9.6': [never('params.autoApproveLocal === false', 'shouldAllowSilentLocalPairing')] },
  },
  {
    id: 'insecure-pages-from-everywhere',
    says: 'The setting for insecure pages at localhost holds for pages from everywhere.',
    expects: comparisonAnd(MORE),
    shownBy: [{ values: ['insecure-pages'] }],
    on: { '2026.4.1': [INSECURE_PAGES], '2026.7.1': [INSECURE_PAGES] },
  },
  {
    id: 'real-ip-is-believed',
    says: 'The gateway believes X-Real-IP of a trusted proxy without the setting for that.',
    expects: comparisonAnd(MORE),
    shownBy: [{ values: ['exact-proxy'] }],
    // Earlier releases let a client wait for approval whatever its address is.
    on: {
      '2026.9.6': [{ start: 'resolveClientIp', with: 'params = { ...params, allowRealIpFallback: true };' }],
    },
  },
  ...[
    {
      id: 'any-origin',
      value: 'any-origin',
      condition: 'controlUiAllowedOrigins.includes("*")',
      what: 'pages of every origin',
    },
    { id: 'real-ip', value: 'real-ip-fallback', condition: 'allowRealIpFallback', what: 'the fallback to X-Real-IP' },
    {
      id: 'the-host-as-origin',
      value: 'origin-of-the-host',
      condition: 'dangerouslyAllowHostHeaderOriginFallback',
      what: 'the fallback to the Host header',
    },
  ].map(
    ({ id, value, condition, what }): SurveyMutant => ({
      id: `audit-does-not-warn-of-${id}`,
      says: `The security audit does not warn of ${what}.`,
      expects: comparisonAnd(AUDIT),
      shownBy: [{ values: [value], audited: true }],
      on: onEach(silent(condition)),
    }),
  ),
  {
    id: 'audit-does-not-warn-of-no-auth',
    says: 'The security audit does not warn of a gateway without authentication.',
    expects: comparisonAnd(AUDIT),
    shownBy: [{ values: ['no-auth'], audited: true }],
    on: {
      '2026.4.1': [silent('bind === "loopback" && controlUiEnabled && !hasGatewayAuth')],
      '2026.7.1': [silent('bind === "loopback" && controlUiEnabled && !hasGatewayAuth')],
    },
  },
  {
    id: 'audit-does-not-warn-of-every-user',
    says: 'The security audit does not warn of a proxy of which every user is signed in.',
    expects: comparisonAnd(AUDIT),
    shownBy: [{ values: ['proxy-on-this-machine'], audited: true }],
    on: onProxies(silent('(trustedProxyConfig?.allowUsers ?? []).length === 0')),
  },
  {
    id: 'audit-does-not-warn-of-a-local-proxy',
    says: 'The security audit does not warn of a proxy on the own machine.',
    expects: comparisonAnd(AUDIT),
    shownBy: [{ values: ['proxy-on-this-machine'], audited: true }],
    on: onProxies(silent('trustedProxyConfig?.allowLoopback === true')),
  },
  {
    id: 'audit-does-not-warn-of-approval-by-a-proxy',
    says: 'The security audit does not warn of devices that the proxy approves.',
    expects: comparisonAnd(AUDIT),
    shownBy: [{ values: ['proxy-approves-devices'], audited: true }],
    on: { '2026.9.6': [silent('trustedProxyConfig?.deviceAutoApprove?.enabled === true')] },
  },
];
