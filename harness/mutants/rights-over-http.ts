import type { Edit } from './patch.ts';
import { comparisonAnd, type SurveyMutant } from './survey-mutant.ts';

/** The property that a call over HTTP breaks which the same caller may not make over the WebSocket. */
const OVER_HTTP = 'http-is-not-more-open';

/** The edit of what decides which scopes a call over HTTP has; `statement` is JavaScript about `req` and `requestAuth`. */
const scopesOverHttp = (statement: string): Edit => ({
  start: 'resolvePluginRouteRuntimeOperatorScopes',
  with: statement,
});

/** Mutants that let a device token call more over HTTP, which 2026.9.6 is the first of these releases to let it. */
export const RIGHTS_OVER_HTTP: readonly SurveyMutant[] = [
  {
    id: 'device-tokens-administer-over-http',
    says: 'The gateway lets a device token call every method over HTTP, whatever its scopes.',
    expects: comparisonAnd('a-call-needs-its-scope', OVER_HTTP),
    on: { '2026.9.6': [scopesOverHttp('return [...CLI_DEFAULT_OPERATOR_SCOPES];')] },
  },
  {
    id: 'claimed-scopes-count-over-http',
    says: 'The gateway gives a call over HTTP the scopes that its header claims, as it does behind a trusted proxy.',
    expects: comparisonAnd('a-call-needs-its-scope', OVER_HTTP),
    on: {
      '2026.9.6': [
        scopesOverHttp(
          '{ const claimed = getHeader(req, "x-openclaw-scopes"); if (claimed !== void 0) return claimed.split(","); }',
        ),
      ],
    },
  },
  {
    id: 'revoked-tokens-call-over-http',
    says: 'The gateway takes a device token over HTTP after it was revoked.',
    expects: comparisonAnd('a-revoked-session-is-over', OVER_HTTP),
    on: {
      '2026.9.6': [
        {
          body: 'verifyHttpOperatorDeviceToken',
          with: 'const pairing = await listDevicePairing(); for (const device of pairing.paired) { const of = device.tokens?.operator; if (of && verifyPairingToken(token, of.token)) return [...of.scopes]; } return null;',
        },
      ],
    },
  },
];
