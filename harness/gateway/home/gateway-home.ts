import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { z } from 'zod';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import { GATEWAY_PORT } from '../network/proxies.ts';

/** The user of the gateway in its container: uid and gid of `node`. */
const USER = { uid: 1000, gid: 1000 } as const;
/** The home of that user. It is the mount point of a volume. */
export const HOME = '/home/node';

/** Addresses of a stage, known only once its network exists: the peer's IPv4 address, and the range of the network. */
export type Addresses = { peer: string; network: string };

/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * Merges `over` into a copy of `base`: objects key by key, other values replace those of `base`, and null removes a key (as in RFC 7396).
 */
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

/** The initial config of a stage: the minimum with which every release starts, and the scenario's own config merged over it. */
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
    // Without authentication, the gateway's browser control creates a token and writes it into the config; 2026.5.27 then restarts.
    ...(gateway.auth === 'none' ? { browser: { enabled: false } } : {}),
  };
  const config = withAddresses(gateway.config, addresses);
  return isRecord(config) ? mergeConfig(minimal, config) : minimal;
}

/** Replaces "<peer>" and "<network>" in a config by the addresses of the stage, which a scenario cannot know. */
export function withAddresses(value: Json, addresses: Addresses): Json {
  if (value === '<peer>') return addresses.peer;
  if (value === '<network>') return addresses.network;
  if (Array.isArray(value)) return value.map((item) => withAddresses(item, addresses));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAddresses(item, addresses)]));
  }
  return value;
}

/** Whether a config contains "<peer>", so that it needs the address of the peer. */
export function namesPeer(value: Json): boolean {
  return JSON.stringify(value).includes('"<peer>"');
}

const ownTls = z.object({ gateway: z.object({ tls: z.object({ enabled: z.literal(true) }) }) });

/** Whether a gateway with this config speaks TLS itself, so that its clients need no proxy for it. */
export function speaksTls(config: Json): boolean {
  return ownTls.safeParse(config).success;
}

/** The parent folders of a file below the home, except the home and .openclaw, which every image has. */
function foldersTo(file: string): string[] {
  const names = file.startsWith(`${HOME}/`) ? file.slice(HOME.length + 1).split('/') : [];
  const folders = names.slice(0, -1).map((_, index) => names.slice(0, index + 1).join('/'));
  return folders.filter((folder) => folder !== '.openclaw').map((folder) => `${HOME}/${folder}`);
}

/**
 * Creates a tar archive of text files by absolute path. The files, and the folders below the home, belong to the gateway's user and are
 * not readable by others; the user can run those in a folder `bin`. Without entries for the folders, the engine would create missing ones
 * for root, and the user could not remove files from them.
 */
export async function archiveOf(files: Record<string, string>): Promise<Buffer> {
  const tar = pack();
  for (const folder of new Set(Object.keys(files).flatMap(foldersTo)))
    tar.entry({ name: folder.slice(1), type: 'directory', mode: 0o700, ...USER });
  for (const [name, text] of Object.entries(files))
    tar.entry({ name: name.replace(/^\//, ''), mode: name.includes('/bin/') ? 0o700 : 0o600, ...USER }, text);
  tar.finalize();
  return buffer(tar);
}

/**
 * Creates a tar archive of a home: the config file, and other files by their path relative to the home. A text is written as it is, any other
 * value as JSON.
 */
export function homeArchive(config: Record<string, unknown>, files: Scenario['gateway']['files']): Promise<Buffer> {
  const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  const all = { ...files, '.openclaw/openclaw.json': config };
  return archiveOf(Object.fromEntries(Object.entries(all).map(([path, value]) => [`${HOME}/${path}`, written(value)])));
}
