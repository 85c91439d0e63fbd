import { clientStateIn } from './clients.ts';
import type { PlayContext } from './context.ts';

/** What a gateway must not show to anyone who has not shown it first: the shared secrets of the stage, and the clients' own tokens. */
function secretsOf({ stage, clientStates }: PlayContext): string[] {
  const tokens = [...clientStates.values()].flatMap((clientState) => [
    clientState.deviceToken,
    clientState.bootstrapToken,
  ]);
  return [stage.token, stage.password, ...tokens.filter((token) => token !== null)];
}

/**
 * Gives a function that finds the secrets in a text which the gateway sends to a client, other than those that the client
 * shows at this door (`shown`) or that belong to its device. A leak is told by name and place, never by its value.
 */
export function leaksTo(context: PlayContext, name: string, shown: readonly string[]): (text: string) => string[] {
  const { deviceId } = clientStateIn(context.clientStates, name);
  const own = [...context.clientStates.values()]
    .filter((clientState) => clientState.deviceId === deviceId)
    .flatMap((clientState) => [clientState.deviceToken, clientState.bootstrapToken]);
  const strange = secretsOf(context).filter((secret) => !shown.includes(secret) && !own.includes(secret));
  return (text) => context.secretRegistry.leaks(text, strange).map((secret) => `${secret} in a message to "${name}"`);
}

/** The secrets in an HTTP answer, or in lines of the log: nobody's place for them, whoever has shown them. */
export function leaksIn(context: PlayContext, place: string, text: string): string[] {
  return context.secretRegistry.leaks(text, secretsOf(context)).map((secret) => `${secret} in ${place}`);
}

/**
 * Remembers a token that the gateway issued to a client, so that it can be redacted. One that anybody can guess or look up is no secret, and
 * issuing it is as bad as showing one; it is not remembered, for it would cut ordinary words out of the evidence. Gives that, in words
 * that do not show the token; nothing where all is well.
 */
export function issuedTo(context: PlayContext, name: string, kind: string, token: string): string[] {
  const why = isPublic(context, token) ? 'everybody may know it' : context.secretRegistry.learn(kind, token);
  return why === null ? [] : [`${kind} issued to "${name}" that is no secret: ${why}`];
}

/** Whether it is what the gateway and its operators call a device or a request, or what everybody shows who may knock. */
function isPublic({ clientStates, stage }: PlayContext, token: string): boolean {
  const known = [...clientStates.values()].flatMap(({ deviceId, identity, requestIds }) => [
    deviceId,
    identity.publicKey,
    ...requestIds,
  ]);
  return [...known, stage.token, stage.password].includes(token);
}

/** The part of an observation that tells of leaks: absent where there are none. */
export function leakedPart(leaks: Iterable<string>): { leaked?: string[] } {
  const leaked = [...new Set(leaks)];
  return leaked.length === 0 ? {} : { leaked };
}
