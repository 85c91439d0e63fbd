import type { Edit } from './patch.ts';

/** The function of 2026.4.1 that handles the first request of a connection, up to its decision. 2026.9.6 has several in its place. */
export const MESSAGE_HANDLER = 'attachGatewayWsMessageHandler';

/** The edit of 2026.4.1 that makes the gateway approve a pairing request silently if `condition` (JavaScript) is true. */
export const silentWhere = (condition: string): Edit => ({
  call: 'requestDevicePairing',
  argument: 0,
  property: 'silent',
  in: MESSAGE_HANDLER,
  with: condition,
});

/** The condition of 2026.4.1 itself: it approves requests of local clients and of setup codes, except for further scopes. */
export const SILENT_UNCHANGED =
  'reason !== "scope-upgrade" && (allowSilentLocalPairing || allowSilentBootstrapPairing)';

/** The edit of 2026.9.6 that makes the gateway approve every pairing request with this reason silently. */
export const silentForReason = (reason: string): Edit => ({
  start: 'resolveLocalPairingApproval',
  with: `if (params.reason === "${reason}") return "silent";`,
});
