import { clientStateIn } from './clients.ts';
import type { PlayContext } from './context.ts';

/** Gives the secrets that a gateway may send only to a client that sent them before: the stage's shared secrets and the clients' tokens. */
function secretsOf({ stage, clientStates }: PlayContext): string[] {
  const tokens = [...clientStates.values()].flatMap((clientState) => [
    clientState.deviceToken,
    clientState.bootstrapToken,
  ]);
  return [stage.token, stage.password, ...tokens.filter((token) => token !== null)];
}

/**
 * Gives a function that finds leaks in a text that the gateway sends to a client: secrets that the client did not send (`shown`) and that
 * do not belong to its device. The function gives each leak as the name of the secret and the place, without its value.
 */
export function leaksTo(context: PlayContext, name: string, shown: readonly string[]): (text: string) => string[] {
  const { deviceId } = clientStateIn(context.clientStates, name);
  const own = [...context.clientStates.values()]
    .filter((clientState) => clientState.deviceId === deviceId)
    .flatMap((clientState) => [clientState.deviceToken, clientState.bootstrapToken]);
  const forbidden = secretsOf(context).filter((secret) => !shown.includes(secret) && !own.includes(secret));
  return (text) => context.secretRegistry.leaks(text, forbidden).map((secret) => `${secret} in a message to "${name}"`);
}

/** Gives the leaks in an HTTP answer or in lines of the log, by name and place. No secret may occur there, even if a client sent it. */
export function leaksIn(context: PlayContext, place: string, text: string): string[] {
  return context.secretRegistry.leaks(text, secretsOf(context)).map((secret) => `${secret} in ${place}`);
}

/**
 * Registers a token that the gateway issued to a client, so that the redactor replaces it. A token that can be guessed or looked up is no
 * secret: to issue it is as bad as a leak. Such a token is not registered, because the redactor would remove ordinary words from the
 * evidence. Gives a text that says so, without the token; an empty list if the token is a secret.
 */
export function faultsOfIssued(context: PlayContext, name: string, kind: string, token: string): string[] {
  const why = isPublic(context, token) ? 'other clients may know it' : context.secretRegistry.learn(kind, token);
  return why === null ? [] : [`${kind} issued to "${name}" that is no secret: ${why}`];
}

/** True if the token is a known public value (a device id, a public key, a request id) or the shared secret of the stage. */
function isPublic({ clientStates, stage }: PlayContext, token: string): boolean {
  const known = [...clientStates.values()].flatMap(({ deviceId, identity, requestIds }) => [
    deviceId,
    identity.publicKey,
    ...requestIds,
  ]);
  return [...known, stage.token, stage.password].includes(token);
}

/** Gives the part of an observation that lists leaks; it is empty if there are none. */
export function leakedPart(leaks: Iterable<string>): { leaked?: string[] } {
  const leaked = [...new Set(leaks)];
  return leaked.length === 0 ? {} : { leaked };
}
