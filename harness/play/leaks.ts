import { playerIn } from './cast.ts';
import type { Scene } from './scene.ts';

/** What a gateway must not show to anyone who has not shown it first: the shared secrets of the stage, and the clients' own tokens. */
function secretsOf({ stage, cast }: Scene): string[] {
  const tokens = [...cast.values()].flatMap((player) => [player.deviceToken, player.bootstrapToken]);
  return [stage.token, stage.password, ...tokens.filter((token) => token !== null)];
}

/**
 * Gives a function that finds the secrets in a text which the gateway sends to a client, other than those that the client
 * shows at this door (`shown`) or that belong to its device. A leak is told by name and place, never by its value.
 */
export function leaksTo(scene: Scene, name: string, shown: readonly string[]): (text: string) => string[] {
  const { deviceId } = playerIn(scene.cast, name);
  const own = [...scene.cast.values()]
    .filter((player) => player.deviceId === deviceId)
    .flatMap((player) => [player.deviceToken, player.bootstrapToken]);
  const strange = secretsOf(scene).filter((secret) => !shown.includes(secret) && !own.includes(secret));
  return (text) => scene.vault.leaks(text, strange).map((secret) => `${secret} in a message to "${name}"`);
}

/** The secrets in an HTTP answer, or in lines of the log: nobody's place for them, whoever has shown them. */
export function leaksIn(scene: Scene, place: string, text: string): string[] {
  return scene.vault.leaks(text, secretsOf(scene)).map((secret) => `${secret} in ${place}`);
}

/** The part of an observation that tells of leaks: absent where there are none. */
export function leakedPart(leaks: Iterable<string>): { leaked?: string[] } {
  const leaked = [...new Set(leaks)];
  return leaked.length === 0 ? {} : { leaked };
}
