import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import type { Scenario } from '../scenario/scenario.ts';
import { GATEWAY_PORT } from './proxies.ts';

/** The user that gateways run as in their container: uid and gid of `node`. */
const USER = { uid: 1000, gid: 1000 } as const;
/** Where its home is, which is a volume. */
export const HOME = '/home/node';

/** Addresses that are known only once a stage has its network. */
export type Addresses = { peer: string; network: string };

/** Whatever a JSON file may hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Objects are merged key by key, anything else is replaced; null takes a key out (as in RFC 7396). */
export function mergeConfig(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isRecord(before) && isRecord(value) ? mergeConfig(before, value) : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The config that a stage starts with: the least that any release starts on, with the scenario's own merged over it. */
export function stageConfig(
  gateway: Scenario['gateway'],
  secrets: { token: string; password: string },
  addresses: Addresses,
): Record<string, unknown> {
  const auth = {
    token: { mode: 'token', token: secrets.token },
    password: { mode: 'password', password: secrets.password },
    none: { mode: 'none' },
  }[gateway.auth];
  const minimal = {
    gateway: {
      mode: 'local',
      bind: gateway.bind,
      auth,
      controlUi: { allowedOrigins: [`http://localhost:${GATEWAY_PORT}`] },
    },
    // Without authentication its browser control makes itself a token and writes it into the config, whereupon 2026.5.27 restarts.
    ...(gateway.auth === 'none' ? { browser: { enabled: false } } : {}),
  };
  const config = withAddresses(gateway.config, addresses);
  return isRecord(config) ? mergeConfig(minimal, config) : minimal;
}

/** "<peer>" and "<network>" in a config are the two addresses that no scenario can know. */
export function withAddresses(value: Json, addresses: Addresses): Json {
  if (value === '<peer>') return addresses.peer;
  if (value === '<network>') return addresses.network;
  if (Array.isArray(value)) return value.map((item) => withAddresses(item, addresses));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAddresses(item, addresses)]));
  }
  return value;
}

/** Whether a config needs the address of the peer container. */
export function namesPeer(value: Json): boolean {
  return JSON.stringify(value).includes('"<peer>"');
}

/** The folders on the way to a file below the home, without the home and the state folder: an image has those. */
function foldersTo(file: string): string[] {
  const names = file.startsWith(`${HOME}/`) ? file.slice(HOME.length + 1).split('/') : [];
  const folders = names.slice(0, -1).map((_, index) => names.slice(0, index + 1).join('/'));
  return folders.filter((folder) => folder !== '.openclaw').map((folder) => `${HOME}/${folder}`);
}

/**
 * A tar archive of files with their absolute paths, owned by the gateway's user and closed to others, as are the folders below its home:
 * an engine would make missing ones for root, and the user could not remove anything from them.
 */
export async function archiveOf(files: Record<string, string>): Promise<Buffer> {
  const tar = pack();
  for (const folder of new Set(Object.keys(files).flatMap(foldersTo)))
    tar.entry({ name: folder.slice(1), type: 'directory', mode: 0o700, ...USER });
  for (const [name, text] of Object.entries(files))
    tar.entry({ name: name.replace(/^\//, ''), mode: 0o600, ...USER }, text);
  tar.finalize();
  return buffer(tar);
}

/** The config file in a home, and other JSON files by their path below it, as an archive. */
export function homeArchive(config: Record<string, unknown>, files: Scenario['gateway']['files']): Promise<Buffer> {
  const all = { ...files, '.openclaw/openclaw.json': config };
  return archiveOf(
    Object.fromEntries(Object.entries(all).map(([path, value]) => [`${HOME}/${path}`, JSON.stringify(value, null, 2)])),
  );
}
