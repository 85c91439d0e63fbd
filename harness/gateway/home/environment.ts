import { HOME } from './gateway-home.ts';

/** The environment variables of every gateway and `openclaw` command. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME,
  NO_COLOR: '1',
  // Chat channels and the announcement on the local network do not affect access.
  OPENCLAW_SKIP_CHANNELS: '1',
  OPENCLAW_DISABLE_BONJOUR: '1',
  // Without this flag, the `openclaw` command restarts itself with it. That takes a fifth of a boot of 2026.4.1, and a fifth of each
  // command (3.2 s of processor time instead of 2.6 s, measured with six boots each).
  NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  // A stage has no connection to a registry. 2026.4.20 installs packages while it starts, and without this waits minutes for one.
  npm_config_offline: 'true',
  npm_config_fetch_retries: '0',
};
