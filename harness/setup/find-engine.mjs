import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A loaded machine can keep an engine busy for a moment; a dead socket refuses at once. */
const PING_TIMEOUT_MS = 5_000;

/** The default sockets of engines, in the order in which Postern tries them. */
function usualSockets(env) {
  const runtimeDir = env.XDG_RUNTIME_DIR;
  const home = env.HOME ?? homedir();
  return [
    '/var/run/docker.sock',
    ...(runtimeDir ? [join(runtimeDir, 'docker.sock')] : []),
    join(home, '.docker/run/docker.sock'),
    ...(runtimeDir ? [join(runtimeDir, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
}

function tlsOf(env) {
  if (!env.DOCKER_TLS_VERIFY) return undefined;
  const folder = env.DOCKER_CERT_PATH ?? join(env.HOME ?? homedir(), '.docker');
  const read = (name) => readFileSync(join(folder, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

/** The connection options for an address of an engine, or `why` Postern cannot use the address. */
function optionsOf(url, env) {
  if (url.startsWith('unix://')) return { options: { socketPath: url.slice('unix://'.length) } };
  const match = /^(?:tcp|http|https):\/\/([^/:]+|\[[^\]]+\])(?::(\d+))?\/?$/.exec(url);
  if (!match) return { why: 'not an address Postern can use: it takes unix:///path and tcp://host:port' };
  try {
    const tls = tlsOf(env);
    const host = match[1].replace(/^\[|\]$/g, '');
    const port = Number(match[2] ?? (tls ? 2376 : 2375));
    return { options: tls ? { protocol: 'https', host, port, ...tls } : { protocol: 'http', host, port } };
  } catch (error) {
    return { why: `DOCKER_TLS_VERIFY is set, but ${error.message}` };
  }
}

/**
 * Requests /_ping from one address: the only request that every Docker API answers without a version. Gives the engine, or `why` none
 * answers.
 */
export function ping(options) {
  if (options.socketPath && !existsSync(options.socketPath)) return Promise.resolve({ why: 'no such file' });
  const client = options.protocol === 'https' ? https : http;
  const { protocol: _protocol, ...where } = options;
  return new Promise((resolve) => {
    const request = client.get({ ...where, path: '/_ping', timeout: PING_TIMEOUT_MS, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body = (body + chunk).slice(0, 200);
      });
      response.on('error', (error) => resolve({ why: error.message }));
      response.on('end', () => {
        const apiVersion = response.headers['api-version'];
        if (response.statusCode === 200 && body.trim() === 'OK' && typeof apiVersion === 'string') {
          resolve({ kind: response.headers['libpod-api-version'] ? 'podman' : 'docker', apiVersion });
        } else {
          resolve({
            why: `something answers, but not a container engine: HTTP ${response.statusCode} ${body.trim()}`.trim(),
          });
        }
      });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${PING_TIMEOUT_MS / 1000} s`)));
    request.on('error', (error) => resolve({ why: error.code === 'EACCES' ? 'permission denied' : error.message }));
  });
}

/**
 * Why an engine that answers cannot build the images of Postern; null if it can. Their Dockerfiles need BuildKit, which works over /session: Docker
 * refuses a request without an upgrade there, and Podman 4.3.1 does not know it.
 */
function whyNoBuildKit(options) {
  const client = options.protocol === 'https' ? https : http;
  const { protocol: _protocol, ...where } = options;
  return new Promise((resolve) => {
    const asked = { ...where, path: '/session', method: 'POST', timeout: PING_TIMEOUT_MS, agent: false };
    const request = client.request(asked, (response) => {
      response.resume();
      resolve(response.statusCode === 404 ? 'it builds no images with BuildKit, as Docker 20.10 and newer do' : null);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${PING_TIMEOUT_MS / 1000} s`)));
    request.on('error', (error) => resolve(error.message));
    request.end();
  });
}

/**
 * The first container engine that answers and has BuildKit, and in `tried` the addresses where none did. If DOCKER_HOST is set, Postern
 * tries only this address: the user does not expect another engine than the named one. Types: find-engine.d.mts.
 */
export async function findEngine(env = process.env) {
  const urls = env.DOCKER_HOST ? [env.DOCKER_HOST] : usualSockets(env).map((path) => `unix://${path}`);
  const tried = [];
  for (const url of urls) {
    const { options, why } = optionsOf(url, env);
    const answer = options ? await ping(options) : { why };
    const lacks = answer.kind ? await whyNoBuildKit(options) : null;
    if (answer.kind && lacks === null)
      return { engine: { url, options, kind: answer.kind, apiVersion: answer.apiVersion }, tried };
    tried.push({ url, why: lacks === null ? answer.why : `${answer.kind} answers, but ${lacks}` });
  }
  return { tried };
}
