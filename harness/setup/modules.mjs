import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

const INSTALL_TIMEOUT_MS = 8 * 60_000;
const LINES_SHOWN = 12;

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/**
 * Why node_modules differs from package-lock.json; undefined if it does not. npm writes the installed packages to
 * node_modules/.package-lock.json as its last step, so an interrupted install also shows.
 */
export function whyModulesDiffer(root) {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'));
  if (!installed) return 'node_modules is missing or was not finished';
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (!wanted) return 'package-lock.json cannot be read';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || (entry.optional && !installed[path])) continue;
    if (installed[path]?.version !== entry.version || installed[path]?.integrity !== entry.integrity) {
      return `${path.replace(/^.*node_modules\//, '')} is not the version that package-lock.json names`;
    }
  }
  const extra = Object.keys(installed).find((path) => !wanted[path]);
  if (extra) return `${extra.replace(/^.*node_modules\//, '')} is installed, but not in package-lock.json`;
  // A script of its package installs the pinned Node, so npm's record does not contain it.
  if (!existsSync(join(root, 'node_modules/.bin/node'))) return 'the pinned Node is missing';
  return undefined;
}

/** PATH without node_modules/.bin folders: `npm ci` removes the Node in such a folder while it runs. */
function systemPath(env) {
  const own = `${sep}node_modules${sep}.bin`;
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(own))
    .join(delimiter);
}

function runNpm(root, args) {
  const { status, error, stderr } = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH: systemPath(process.env) },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: INSTALL_TIMEOUT_MS,
  });
  if (!error && status === 0) return undefined;
  const lines = (stderr ?? '').split('\n').filter((line) => line.trim() !== '');
  const how = error ? `did not run to its end: ${error.message}` : `ended with ${status}`;
  return [`\`npm ${args.join(' ')}\` ${how}`, ...lines.slice(0, LINES_SHOWN)].join('\n  ');
}

/**
 * Runs `npm ci` if node_modules differs from package-lock.json. Returns undefined on success, else why it failed.
 */
export function installModules(root, say) {
  const difference = whyModulesDiffer(root);
  if (!difference) return undefined;
  say(`Running \`npm ci\`: ${difference}.`);
  const failure = runNpm(root, ['ci']);
  if (failure) return failure;
  const still = whyModulesDiffer(root);
  return still ? `npm succeeded, but ${still}` : undefined;
}
