import type { SecretRegistry } from '../../redaction/redactor.ts';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import type { Json } from './gateway-home.ts';

/** A shared secret in the form in which a client presents it. */
export type ShownSecret = { token: string } | { password: string };

/** The current shared secrets of one stage. */
export type SharedSecrets = {
  readonly token: string;
  readonly password: string;
  /** The shared secret before the last change; null if it never changed. */
  readonly former: ShownSecret | null;
  /** The shared secret that the gateway requires of every client; empty if it requires none. */
  credentials(): ShownSecret | Record<string, never>;
  /** Notes that the gateway requires another kind of secret from now on. */
  requireFor(auth: Scenario['gateway']['auth']): void;
  /** Returns a copy with "<secret>" replaced by the current secret. */
  filledIn<T extends Json>(given: T): T;
  /**
   * Returns a copy with "<new-secret>" replaced by a new secret, which becomes the current one. Creates none if there is no placeholder.
   */
  renewedIn<T extends Json>(given: T): T;
};

/** The placeholders with which a scenario asks for the current secret, or for a new one. It cannot know the values. */
const SECRET = '"<secret>"';
const NEW_SECRET = '"<new-secret>"';

/** Returns a copy with the placeholder replaced. */
function replaced<T extends Json>(given: T, placeholder: string, secret: string): T {
  return JSON.parse(JSON.stringify(given).replaceAll(placeholder, JSON.stringify(secret)));
}

/** Creates the first secrets of a stage and registers them with the redactor. `atFirst` is the kind of secret that the gateway requires at its first start. */
export function createSharedSecrets(
  secretRegistry: SecretRegistry,
  atFirst: Scenario['gateway']['auth'],
): SharedSecrets {
  let auth = atFirst;
  let token = secretRegistry.mint('token');
  let password = secretRegistry.mint('password');
  let former: ShownSecret | null = null;
  return {
    get token() {
      return token;
    },
    get password() {
      return password;
    },
    get former() {
      return former;
    },
    credentials() {
      switch (auth) {
        case 'token':
          return { token };
        case 'password':
          return { password };
        case 'none':
          return {};
      }
    },
    requireFor(next) {
      auth = next;
    },
    filledIn: (given) => replaced(given, SECRET, auth === 'password' ? password : token),
    renewedIn(given) {
      if (!JSON.stringify(given).includes(NEW_SECRET)) return given;
      const fresh = secretRegistry.mint('new secret');
      if (auth === 'password') {
        former = { password };
        password = fresh;
      } else {
        former = { token };
        token = fresh;
      }
      return replaced(given, NEW_SECRET, fresh);
    },
  };
}
