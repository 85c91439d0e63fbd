import type { Json } from '../gateway/home/gateway-home.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';

type Config = Scenario['gateway']['config'];

/**
 * Settings that a running gateway applies to itself when its config file changes: no connection ends, and nothing boots. They are those of the
 * plan for reloads that the packages have (dist/config-reload-plan) and that scenarios set.
 *
 * A row would be wrong if the log of such a release said "config change requires gateway restart" for the setting. The scenarios would still be
 * played as they declare: the harness waits for whatever the log announces.
 */
const APPLIED_SETTINGS: readonly { setting: string; releases: string }[] = [
  { setting: 'gateway.trustedProxies', releases: '>=2026.9.6' },
  { setting: 'gateway.auth.allowTailscale', releases: '>=2026.9.6' },
  { setting: 'gateway.auth.rateLimit', releases: '>=2026.9.6' },
  { setting: 'gateway.controlUi.allowedOrigins', releases: '>=2026.9.6' },
  { setting: 'gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback', releases: '>=2026.9.6' },
];

/** What gateways that can share a boot on this version have in common: the block without the settings that the gateway applies to itself. Pure. */
export function sharedByBoot(gateway: Scenario['gateway'], version: string): Scenario['gateway'] {
  return { ...gateway, config: withoutAppliedSettings(gateway.config, version) };
}

/** The config without the settings that a gateway of this version applies to itself. Pure. */
export function withoutAppliedSettings(config: Config, version: string): Config {
  const rows = APPLIED_SETTINGS.filter(({ releases }) => inRange(version, releases));
  return rows.reduce((rest, { setting }) => without(rest, setting.split('.')), config);
}

/** The object without the value at this path, and without objects that become empty by that. */
function without(object: Config, [key, ...below]: readonly string[]): Config {
  if (key === undefined) return object;
  const { [key]: value, ...rest } = object;
  if (value === undefined) return object;
  if (below.length === 0) return rest;
  if (!isObject(value)) return object;
  const left = without(value, below);
  return Object.keys(left).length === 0 ? rest : { ...rest, [key]: left };
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
