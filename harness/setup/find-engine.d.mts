/** The options of a connection to an engine, as node:http and dockerode take them. */
export type EngineOptions =
  | { socketPath: string }
  | { protocol: 'http'; host: string; port: number }
  | { protocol: 'https'; host: string; port: number; ca: Buffer; cert: Buffer; key: Buffer };

export type FoundEngine = { url: string; options: EngineOptions; kind: 'docker' | 'podman'; apiVersion: string };

/** An address without a usable engine, and why. */
export type Attempt = { url: string; why: string };

export type PingAnswer =
  | { kind: 'docker' | 'podman'; apiVersion: string; why?: undefined }
  | { kind?: undefined; why: string };

export function ping(options: EngineOptions): Promise<PingAnswer>;

export function findEngine(env?: NodeJS.ProcessEnv): Promise<{ engine?: FoundEngine; tried: Attempt[] }>;
