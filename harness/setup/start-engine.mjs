import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { createConnection } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ping } from './find-engine.mjs';

/**
 * The paths of Debian's dockerd. A second engine, for a test of this file, has other paths and `args`. Never give it
 * --bridge=none: with this option dockerd deletes docker0, which belongs to the first engine.
 */
export const SYSTEM_ENGINE = {
  socket: '/var/run/docker.sock',
  pidFile: '/var/run/docker.pid',
  execRoot: '/var/run/docker',
  systemContainerd: '/run/containerd/containerd.sock',
  log: '/var/log/postern-dockerd.log',
  args: [],
};

const START_TIMEOUT_MS = 90_000;
const LOG_LINES_SHOWN = 12;

/** PATH with the sbin folders, from which dockerd needs iptables. A login shell of root has them on its PATH, a CI job often has not. */
const PATH_WITH_SBIN = [process.env.PATH ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter);

export function dockerdPath() {
  return PATH_WITH_SBIN.split(delimiter)
    .map((folder) => join(folder, 'dockerd'))
    .find((path) => existsSync(path));
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Whether a pid file names a running process of that name. A zombie does not run, and after a reboot another process may have the pid. */
export function runs(pidFile, name) {
  const pid = Number(read(pidFile).trim());
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const [, comm, state] = /^\d+ \((.*)\) (\S)/s.exec(read(`/proc/${pid}/stat`)) ?? [];
  return comm === name && state !== 'Z' && state !== 'X';
}

function answersConnections(socket) {
  return new Promise((resolve) => {
    const connection = createConnection(socket);
    connection.on('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => resolve(false));
  });
}

/**
 * Removes leftovers of a killed engine that prevent the start of a new one: pid files whose process is gone (dockerd
 * trusts them, even if another process has the pid), and the socket of a dead containerd (dockerd would wait for it).
 */
export async function clearLeftovers(paths, say) {
  const remove = (path, why) => {
    say(`Removing ${path}: ${why}.`);
    unlinkSync(path);
  };
  if (existsSync(paths.pidFile) && !runs(paths.pidFile, 'dockerd'))
    remove(paths.pidFile, 'the dockerd it names is gone');
  const containerdPid = join(paths.execRoot, 'containerd/containerd.pid');
  if (existsSync(containerdPid) && !runs(containerdPid, 'containerd')) {
    remove(containerdPid, 'the containerd it names is gone');
  }
  if (existsSync(paths.systemContainerd) && !(await answersConnections(paths.systemContainerd))) {
    remove(paths.systemContainerd, 'no containerd listens there');
  }
}

async function waitForAnswer(paths, ended) {
  const until = Date.now() + START_TIMEOUT_MS;
  let last = 'no request was sent yet';
  while (Date.now() < until) {
    const answer = await ping({ socketPath: paths.socket });
    if (answer.kind) return undefined;
    last = answer.why;
    const code = ended();
    // Another process may have started an engine at the same time; then this dockerd ends, and the other one will answer.
    if (code !== undefined && !runs(paths.pidFile, 'dockerd')) return `dockerd ended with ${code}`;
    await delay(150);
  }
  return `${paths.socket} did not answer within ${START_TIMEOUT_MS / 1000} s (${last})`;
}

function startWithSystemd(say) {
  say('Starting the Docker engine: systemctl start docker.');
  const { status, stderr } = spawnSync('systemctl', ['start', 'docker'], {
    encoding: 'utf8',
    timeout: START_TIMEOUT_MS,
  });
  return status === 0 ? undefined : `\`systemctl start docker\` failed: ${(stderr ?? '').trim()}`;
}

function startDetached(paths, say) {
  say(`Starting the Docker engine: dockerd, which stays after this command; its log is ${paths.log}.`);
  const log = openSync(paths.log, 'a');
  writeSync(log, `--- started by postern ${new Date().toISOString()}\n`);
  const child = spawn(dockerdPath(), paths.args, {
    detached: true,
    cwd: '/',
    stdio: ['ignore', log, log],
    env: { ...process.env, PATH: PATH_WITH_SBIN },
  });
  closeSync(log);
  let code;
  child.on('exit', (status, signal) => {
    code = status ?? signal;
  });
  child.on('error', (error) => {
    code = error.message;
  });
  child.unref();
  return () => code;
}

/**
 * Starts the installed Docker engine and waits until it answers. Returns undefined on success, else one text with the
 * reason and the last lines of the engine's log. Needs root.
 */
export async function startEngine(paths, say) {
  let ended = () => undefined;
  let logged = false;
  await clearLeftovers(paths, say);
  if (runs(paths.pidFile, 'dockerd')) {
    say('A dockerd is running but does not answer yet; waiting for it.');
  } else if (paths === SYSTEM_ENGINE && existsSync('/run/systemd/system')) {
    const failure = startWithSystemd(say);
    if (failure) return `${failure}\n  \`journalctl -u docker\` has the engine's log.`;
  } else {
    ended = startDetached(paths, say);
    logged = true;
  }
  const failure = await waitForAnswer(paths, ended);
  if (!failure || !logged) return failure;
  const tail =
    read(paths.log)
      .split(/^--- started by postern .*\n/m)
      .at(-1) ?? '';
  const telling = tail.split('\n').filter((line) => line.trim() !== '' && !line.includes('level=info'));
  return [`${failure}. The end of ${paths.log}:`, ...telling.slice(-LOG_LINES_SHOWN)].join('\n  ');
}
