import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const APT_TIMEOUT_MS = 8 * 60_000;
const LINES_SHOWN = 15;
const LOCK_WAIT_MS = 120_000;
const LOCK_POLL_MS = 500;

/** Whether this machine uses Debian's packages, whether this process may install them, and the name of the system. Types: debian.d.mts. */
export function machine() {
  let release = '';
  if (process.platform === 'linux') {
    try {
      release = readFileSync('/etc/os-release', 'utf8');
    } catch {
      // A Linux without os-release has no apt.
    }
  }
  const value = (key) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(release)?.[1] ?? '';
  const family = [value('ID'), ...value('ID_LIKE').split(' ')];
  return {
    debian: family.includes('debian') || family.includes('ubuntu'),
    root: process.getuid?.() === 0,
    family,
    name: value('PRETTY_NAME') || process.platform,
  };
}

function run(command, args) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      timeout: APT_TIMEOUT_MS,
    });
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? -1, output: signal ? `${output}\nended by ${signal}` : output }),
    );
  });
}

/** Runs apt-get again while another process has the lock of the package lists: for that lock, unlike dpkg's, apt-get has no option to wait. */
async function runWhenUnlocked(command, args) {
  const until = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    const result = await run(command, args);
    if (result.code === 0 || !/Could not get lock/.test(result.output) || Date.now() > until) return result;
    await pause(LOCK_POLL_MS);
  }
}

/** Whether an earlier dpkg was killed: it leaves update files, and apt-get refuses to work until `dpkg --configure -a` has read them. */
function dpkgWasInterrupted() {
  try {
    return readdirSync('/var/lib/dpkg/updates').some((name) => /^\d+$/.test(name));
  } catch {
    return false;
  }
}

/**
 * Installs Debian packages with apt-get, and prints first which and why. Returns undefined on success, else one text that
 * names the command that failed, with its exit code and last lines. Needs root.
 */
export async function installPackages(names, why, say) {
  if (!existsSync('/usr/bin/apt-get')) return 'there is no /usr/bin/apt-get';
  say(`Installing ${names.join(' ')} with apt-get: ${why}.`);
  const lock = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  const steps = [
    ...(dpkgWasInterrupted() ? [['dpkg', ['--configure', '-a']]] : []),
    ['apt-get', [...lock, '-q', 'update']],
    ['apt-get', [...lock, '-q', '-y', '--no-install-recommends', 'install', ...names]],
  ];
  for (const [command, args] of steps) {
    const { code, output } = await runWhenUnlocked(command, args);
    if (code !== 0) {
      const tail = output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n  ');
      return `\`${command} ${args.join(' ')}\` ended with ${code}:\n  ${tail}`;
    }
  }
  return undefined;
}
