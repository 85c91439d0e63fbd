/** Releases at which the access behaviour of the gateway changed, oldest first. `postern matrix` plays them if no gateway is named. */
export const MILESTONE_RELEASES: readonly { version: string; why: string }[] = [
  { version: '2026.2.19', why: 'scope upgrades begin to be refused; admin does not yet include read and write' },
  { version: '2026.2.26', why: 'admin includes the other scopes; web pages can no longer guess the secret and pair' },
  { version: '2026.3.8', why: 'the last on which a caller could rotate a token to more scopes than it holds' },
  { version: '2026.3.13', why: 'a handshake may take at most three seconds' },
  { version: '2026.3.24', why: 'sessions outlive the revocation of their device' },
  { version: '2026.3.28', why: 'local scope upgrades wait for approval again' },
  {
    version: '2026.3.31',
    why: 'role upgrades wait for approval; a client behind a same-host proxy is no longer local',
  },
  { version: '2026.4.1', why: 'the release of spring 2026 with most of the failures that users reported' },
  {
    version: '2026.4.8',
    why: 'a client with a single forwarded header is local again; a rotation gives at most the approved scopes',
  },
  {
    version: '2026.4.12',
    why: 'the last of a series that many users kept; a paired device can decide on the requests of others',
  },
  { version: '2026.4.20', why: 'devices see only their own requests' },
  { version: '2026.5.2', why: 'the command in the container cannot approve' },
  { version: '2026.5.27', why: 'users whom a proxy signs in wait for approval like all other users, since 2026.5.18' },
  { version: '2026.5.28', why: 'the command asks for operator.admin only if it needs it; protocol 4' },
  { version: '2026.6.1', why: 'the last tested one on which a silently paired device does not replace another' },
  { version: '2026.7.1', why: 'the last tested one with the pairing list in JSON files' },
  {
    version: '2026.9.6',
    why: 'the newest when this list was written; local scope upgrades are silent again, and proxies must be configured as trusted',
  },
];
