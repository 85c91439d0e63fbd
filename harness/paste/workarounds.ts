import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { rangeOf } from '../scenario/catalogue/workaround.ts';
import type { Workaround } from '../scenario/schema/scenario.ts';

/**
 * What users try against a refusal. `pattern` finds it in a line of a report, in lower case; `advice` finds the workarounds of scenarios that
 * say the same, by their text.
 */
export const WORKAROUNDS = {
  approve: {
    says: 'approve the request that waits',
    pattern:
      /devices approve|\bapproved? (?:it|the|that|from|in|once|again|everything|request|all)|\bapprove ->|approve\s{1,9}[0-9a-f]{4}|批准|genehmigt|aprobad/,
    advice: /^approve the (?:pending request|id)/i,
  },
  'approve-the-latest': {
    says: '`openclaw devices approve --latest`',
    pattern: /approve --latest|approve latest/,
    advice: /approve --latest/,
  },
  restart: {
    says: 'restart the gateway',
    pattern: /\brestart(?:ed|ing|s)?\b|\breboot(?:ed|ing)?\b|neu gestartet|neustart|重启|reinici/,
    advice: /^restart the gateway/i,
  },
  reinstall: {
    says: 'reinstall',
    pattern: /\bre-?install(?:ed|ing)?\b|fresh install|neu installiert|重装|重新安装|reinstal/,
    advice: /^reinstall/i,
  },
  doctor: {
    says: '`openclaw doctor --fix`',
    pattern: /doctor --fix|openclaw doctor\b/,
    advice: /doctor --fix/,
  },
  rotate: {
    says: "rotate the device's token",
    pattern: /devices rotate|\brotat(?:ed|e|ing) (?:the |its |my )?(?:device )?tokens?/,
    advice: /^rotate/i,
  },
  revoke: {
    says: "revoke the device's token",
    pattern: /devices revoke|\brevoked? (?:the |its |my )?(?:device|token)/,
    advice: /^revoke/i,
  },
  'remove-and-pair': {
    says: 'remove the device and pair it again',
    pattern:
      /devices remove|devices clear|\bremoved? (?:the |that |my )?device|unpair(?:ed)?|\bpaired? (?:it )?again|re-?paired/,
    advice: /remove the device|devices remove/i,
  },
  'delete-device-auth': {
    says: 'delete identity/device-auth.json',
    pattern:
      /(?:delet|remov|rm|mv|moved|wip)[a-z]{0,5} .{0,40}device-auth(?:\.json)?|device-auth\.json (?:deleted|removed|gone)/,
    advice: /device-auth\.json/,
  },
  'move-devices': {
    says: 'move devices/ aside',
    pattern:
      /(?:delet|remov|rm|mv|moved|wip|renam|clear)[a-z]{0,5} .{0,40}(?:devices(?:\/| (?:dir|folder|directory))|paired\.json|pending\.json)/,
    advice: /devices\/ aside/,
  },
  'move-identity': {
    says: 'move identity/ aside',
    pattern:
      /(?:delet|remov|rm|mv|moved|wip|renam)[a-z]{0,5} .{0,40}(?:identity\/|identity (?:dir|folder|directory)|device\.json)/,
    advice: /identity\/ aside/,
  },
  'wipe-the-home': {
    says: 'delete the whole home',
    pattern: /(?:delet|remov|rm|wip|nuk)[a-z]{0,5} .{0,20}~?\/?\.openclaw(?:\/?(?:\s|$|,|\.)|\s{1,9}(?:folder|dir|on))/,
    advice: /^delete the whole home/i,
  },
  'new-secret': {
    says: 'set a new token or password',
    pattern:
      /\b(?:new|reset|regenerat\w{1,3}|chang\w{1,3}|rotated) (?:the )?(?:gateway )?(?:auth )?(?:token|password|secret)|换了?.{0,4}(?:token|令牌|密码)|neues? (?:token|passwort)/,
    advice: /^set a new (?:token|secret)/i,
  },
  'give-the-secret': {
    says: 'give the command the secret and the address',
    pattern: /openclaw .{0,80}--token\b|with --token|--password\b/,
    advice: /give the command the shared secret/i,
  },
  'trusted-proxies': {
    says: 'put an address into gateway.trustedProxies',
    pattern: /trustedproxies|trusted_proxies/,
    advice: /trustedProxies/,
  },
  'literal-loopback': {
    says: 'connect to the literal 127.0.0.1',
    pattern: /--url ws:\/\/127\.0\.0\.1|(?:via|using|use|with|to) (?:the literal )?127\.0\.0\.1/,
    advice: /literal 127\.0\.0\.1/,
  },
  'allowed-origins': {
    says: 'list the origin in gateway.controlUi.allowedOrigins',
    pattern: /allowedorigins/,
    advice: /allowedOrigins/,
  },
  'any-origin': {
    says: 'allow every origin with "*"',
    pattern: /\["\*"\]|allowedorigins.{0,30}\*|\bthe star\b|\bwildcard\b/,
    advice: /allow every origin/i,
  },
  'host-header-fallback': {
    says: 'dangerouslyAllowHostHeaderOriginFallback',
    pattern: /dangerouslyallowhostheaderoriginfallback/,
    advice: /dangerouslyAllowHostHeaderOriginFallback/,
  },
  'disable-device-auth': {
    says: 'dangerouslyDisableDeviceAuth',
    pattern: /dangerouslydisabledeviceauth|allowinsecureauth/,
    advice: /dangerouslyDisableDeviceAuth/,
  },
  'host-network': {
    says: 'use host networking',
    pattern: /network_mode: ?["']?host|host network(?:ing)?|--network host|--net=host/,
    advice: /host networking/i,
  },
  'another-release': {
    says: 'install another release',
    pattern: /downgrad(?:e|ed|ing)|roll(?:ed|ing)? back|(?:updated|upgraded) to the latest|回退|降级/,
    advice: /^upgrade to/i,
  },
} as const satisfies Record<string, { says: string; pattern: RegExp; advice: RegExp }>;

export type WorkaroundId = keyof typeof WORKAROUNDS;
export const WORKAROUND_IDS = Object.keys(WORKAROUNDS).filter((id): id is WorkaroundId => id in WORKAROUNDS);

/** A workaround of a scenario, as the catalogue declares it. */
export type DeclaredWorkaround = {
  id: WorkaroundId | null;
  name: string;
  says: string;
  outcome: Workaround['outcome'];
  range: string;
};

/**
 * The workarounds that a scenario plays. `id` is null for one that no row of the table names. Only this function reads workarounds of
 * scenarios, so that their keys are named in one place.
 */
export function workaroundsOf({ scenario }: LoadedScenario): DeclaredWorkaround[] {
  return scenario.workarounds.map((workaround) => ({
    id: WORKAROUND_IDS.find((id) => WORKAROUNDS[id].advice.test(workaround.advice)) ?? null,
    name: workaround.name,
    says: workaround.advice,
    outcome: workaround.outcome,
    range: rangeOf(scenario, workaround),
  }));
}
