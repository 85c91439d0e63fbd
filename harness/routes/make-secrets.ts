import { z } from 'zod';
import { CLIENT_KINDS, honestClaims } from '../client/claims.ts';
import { knock } from '../client/handshake.ts';
import { EnvironmentError } from '../exit.ts';
import { OPERATORS_ROUTE } from '../gateway/network/proxies.ts';
import type { StageAccess } from '../gateway/stage/stage.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { OPERATOR_SCOPES } from '../scenario/schema/scopes.ts';
import type { Secrets } from './request-of.ts';

const helloShape = z.object({ auth: z.object({ deviceToken: z.string() }) });

/**
 * Gives the secrets that requests show. The device token is that of a device which the gateway pairs silently on its own machine, with every
 * scope. Throws EnvironmentError if it gives none, because nothing would be known of device tokens.
 */
export async function makeSecrets(
  stage: StageAccess,
  secretRegistry: SecretRegistry,
  hookToken: string,
): Promise<Secrets> {
  const deviceToken = await pairedDevice(stage);
  secretRegistry.learn('device token', deviceToken);
  return {
    'shared-secret': stage.token,
    'device-token': deviceToken,
    'hook-token': hookToken,
  };
}

async function pairedDevice(stage: StageAccess): Promise<string> {
  const { id, mode } = CLIENT_KINDS.cli;
  const honest = honestClaims({
    release: stage.version(),
    buildId: stage.buildId(),
    clientId: id,
    clientMode: mode,
    credentials: stage.credentials(),
  });
  const claims = { ...honest, scopes: [...OPERATOR_SCOPES] };
  const { end, connection } = await knock(
    { ...stage.route(OPERATORS_ROUTE), path: '/', form: claims.form, headers: {} },
    claims,
  );
  await connection?.close();
  const hello = end.kind === 'hello' ? helloShape.safeParse(end.payload) : null;
  if (hello?.success === true) return hello.data.auth.deviceToken;
  throw new EnvironmentError(
    `the gateway gave no device token to a new device on its own machine: its handshake ended with ${end.kind}`,
    'Run `postern run --gateway … --only identity/first-pairing-asks-admin`, which shows the handshake.',
  );
}
