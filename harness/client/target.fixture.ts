import { CLIENT_KINDS, type Claims, type Credentials, honestClaims } from './claims.ts';
import type { Target } from './dial.ts';

/** Gives the target of a stub gateway on 127.0.0.1, for a command. */
export function targetAt(port: number): Target {
  return {
    host: '127.0.0.1',
    port,
    authority: `127.0.0.1:${port}`,
    tls: false,
    path: '/',
    form: 'command',
    headers: {},
  };
}

/** Gives the claims of the command of 2026.4.1, with these credentials. */
export function commandOf41(credentials: Credentials = {}): Claims {
  const { id, mode } = CLIENT_KINDS.cli;
  return honestClaims({ release: '2026.4.1', buildId: null, clientId: id, clientMode: mode, credentials });
}
