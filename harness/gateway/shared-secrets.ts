import type { SecretRegistry } from '../redaction/redactor.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Json } from './gateway-home.ts';

/** A shared secret as a client shows it. */
export type ShownSecret = { token: string } | { password: string };

/** The shared secrets of one stage, as they are now. */
export type SharedSecrets = {
  readonly token: string;
  readonly password: string;
  /** The one before it was changed last; null where it never was. */
  readonly former: ShownSecret | null;
  /** What the gateway asks everyone for: nothing, where it asks for none. */
  credentials(): ShownSecret | Record<string, never>;
  /** The same with the secret in each place that asks for it. */
  filledIn<T extends Json>(given: T): T;
  /** The same with a new secret in each place that asks for one. From then on the new one is the secret. */
  renewedIn<T extends Json>(given: T): T;
};

/** How a scenario asks for the secret, or for a new one, whose values it cannot know. */
const SECRET = '"<secret>"';
const NEW_SECRET = '"<new-secret>"';

/** The same shape, with other words in some places. */
function replaced<T extends Json>(given: T, placeholder: string, secret: string): T {
  return JSON.parse(JSON.stringify(given).replaceAll(placeholder, JSON.stringify(secret)));
}

/** Mints the first secrets of a stage whose gateway asks for this kind of them. */
export function createSharedSecrets(secretRegistry: SecretRegistry, auth: Scenario['gateway']['auth']): SharedSecrets {
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
