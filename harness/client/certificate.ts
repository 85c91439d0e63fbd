import { once } from 'node:events';
import { connect } from 'node:tls';
import { CERTIFICATE_MS } from '../limits.ts';
import type { Address } from './dial.ts';

/**
 * Gives the SHA-256 fingerprint of the certificate that a gateway shows, as pairs of hexadecimal digits with colons, which is how owners pin it.
 * Throws the errors of `node:tls` if nobody speaks TLS there, and an AbortError after CERTIFICATE_MS.
 */
export async function certificateFingerprint({ host, port }: Address): Promise<string> {
  const socket = connect({ host, port, rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(CERTIFICATE_MS) });
    return socket.getPeerCertificate().fingerprint256;
  } finally {
    socket.destroy();
  }
}
