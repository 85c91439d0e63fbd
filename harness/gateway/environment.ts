import { HOME } from './gateway-home.ts';

/** What a gateway and its command find in their environment. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME,
  NO_COLOR: '1',
  // Chat channels and the announcement on the local network have no part in who gets in.
  OPENCLAW_SKIP_CHANNELS: '1',
  OPENCLAW_DISABLE_BONJOUR: '1',
  // The `openclaw` command starts itself anew with this flag where Node has not got it: a fifth of a boot of 2026.4.1, and a fifth of
  // each command (3.2 s of processor time instead of 2.6 s, six boots each). With it, nothing starts twice.
  NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  // A stage has no way out. 2026.4.20 installs packages while it starts, and waits minutes for a registry unless npm knows.
  npm_config_offline: 'true',
  npm_config_fetch_retries: '0',
};
