/** Releases at which the access boundary turned, oldest first: what `postern matrix` plays where no gateway is named. */
export const MILESTONE_RELEASES: readonly { version: string; why: string }[] = [
  { version: '2026.2.19', why: 'scope upgrades begin to be refused; admin does not yet include read and write' },
  { version: '2026.2.26', why: 'admin includes the rest; web pages can no longer guess and pair' },
  { version: '2026.3.8', why: 'the last on which a token could be rotated beyond what its caller holds' },
  { version: '2026.3.13', why: 'a handshake may take three seconds and no more' },
  { version: '2026.3.24', why: 'sessions outlive the revocation of their device' },
  { version: '2026.3.28', why: 'local scope upgrades are asked for again' },
  { version: '2026.3.31', why: 'role upgrades are asked for, and a same-host proxy no longer makes local' },
  { version: '2026.4.1', why: 'the spring line, with most of what users reported' },
  { version: '2026.4.8', why: 'single forwarded headers make local again; rotation is held to what was approved' },
  {
    version: '2026.4.12',
    why: 'the last of that stretch that many stayed on; a paired device can act on the requests of others',
  },
  { version: '2026.4.20', why: 'devices see their own requests alone' },
  { version: '2026.5.2', why: 'the command in the container cannot approve' },
  { version: '2026.5.27', why: 'users whom a proxy signs in wait for approval like everybody else, as from 2026.5.18' },
  { version: '2026.5.28', why: 'the command asks for administration when it has to; protocol 4' },
  { version: '2026.6.1', why: 'the last tried on which silently paired devices do not make room for each other' },
  { version: '2026.7.1', why: 'the last with the pairing list in JSON files that was tried' },
  {
    version: '2026.9.6',
    why: 'the newest when this list was written; local scope upgrades are silent again, and proxies must be accounted for',
  },
];
