import { HOME } from './home.ts';

/** What a gateway and its command find in their environment. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME,
  NO_COLOR: '1',
  // Chat channels and the announcement on the local network have no part in who gets in.
  OPENCLAW_SKIP_CHANNELS: '1',
  OPENCLAW_DISABLE_BONJOUR: '1',
  // A stage has no way out. 2026.4.20 installs packages while it starts, and waits minutes for a registry unless npm knows.
  npm_config_offline: 'true',
  npm_config_fetch_retries: '0',
};
