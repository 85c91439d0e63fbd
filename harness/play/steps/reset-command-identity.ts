import { stateOf } from '../../gateway/pairing/pairing.ts';
import { needed, type Stage, type StageWith } from '../../gateway/stage/stage.ts';
import type { SecretRegistry } from '../../redaction/redactor.ts';
import { readHomeIdentity } from './home-identity.ts';

/**
 * Makes the command in the gateway's home an unapproved client again, as on a new stage: removes its device and its request from the
 * pairing list, and its key and tokens from the home. Does nothing if the home has no key.
 * Throws EnvironmentError if the list cannot be read or the files cannot be removed.
 */
export async function resetCommandIdentity(
  stage: StageWith<'home'> & Pick<Stage, 'operator'>,
  secretRegistry: SecretRegistry,
): Promise<void> {
  const identity = await readHomeIdentity(stage, secretRegistry);
  if (identity === null) return;
  const operator = stage.operator();
  const { paired, pending } = stateOf(await operator.list(), identity.deviceId);
  if (pending !== null) await operator.call('device.pair.reject', { requestId: pending.requestId });
  if (paired !== null) await operator.call('device.pair.remove', { deviceId: identity.deviceId });
  await needed(stage, 'home').remove(['identity']);
}
