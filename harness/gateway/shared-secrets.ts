import type { Scenario } from '../scenario/scenario.ts';
import type { Vault } from '../secrets.ts';
import type { ConfigPatch } from './stage.ts';

/** A shared secret as a client shows it. */
export type Shown = { token: string } | { password: string };

/** The shared secrets of one stage, as they are now. */
export type SharedSecrets = {
  readonly token: string;
  readonly password: string;
  /** The one before it was changed last; null where it never was. */
  readonly former: Shown | null;
  /** What the gateway asks everyone for: nothing, where it asks for none. */
  credentials(): Shown | Record<string, never>;
  /** The patch with a new secret in each place that says so. From then on the new one is the secret. */
  renewedIn(patch: ConfigPatch): ConfigPatch;
};

/** How a scenario asks for a new secret, whose value it cannot know. */
const NEW_SECRET = '"<new-secret>"';

/** Mints the first secrets of a stage whose gateway asks for this kind of them. */
export function createSharedSecrets(vault: Vault, auth: Scenario['gateway']['auth']): SharedSecrets {
  let token = vault.mint('token');
  let password = vault.mint('password');
  let former: Shown | null = null;
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
    renewedIn(patch) {
      const text = JSON.stringify(patch);
      if (!text.includes(NEW_SECRET)) return patch;
      const fresh = vault.mint('new secret');
      if (auth === 'password') {
        former = { password };
        password = fresh;
      } else {
        former = { token };
        token = fresh;
      }
      return JSON.parse(text.replaceAll(NEW_SECRET, JSON.stringify(fresh)));
    },
  };
}
