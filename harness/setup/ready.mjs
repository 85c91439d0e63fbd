// Prepares a machine for `npm test` and `npm start`: installs the dependencies of package-lock.json, and makes sure that a
// container engine answers. Runs on Node 18 or later, and needs no node_modules. It changes nothing on a prepared machine.
// It writes only to stderr, because stdout belongs to the command that follows.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { advice } from './advice.mjs';
import { installPackages, machine } from './debian.mjs';
import { findEngine } from './find-engine.mjs';
import { installModules } from './modules.mjs';
import { dockerdPath, SYSTEM_ENGINE, startEngine } from './start-engine.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const ENVIRONMENT_FAILED = 3;

function say(line) {
  process.stderr.write(`postern: ${line}\n`);
}

function giveUp(why, next) {
  say(why);
  if (next) say(next);
  process.exit(ENVIRONMENT_FAILED);
}

async function bringUpEngine(tried) {
  const host = machine();
  const help = advice({ platform: process.platform, family: host.family, tried, dockerHost: process.env.DOCKER_HOST });
  const looked = `No container engine answers. Tried ${tried.map(({ url, why }) => `${url} (${why})`).join(', ')}.`;
  if (process.env.DOCKER_HOST || !host.debian) giveUp(looked, `On ${host.name}: ${help}`);
  if (!host.root) giveUp(looked, `On ${host.name}: ${help} As root, this script installs and starts one by itself.`);

  say(looked);
  if (!dockerdPath()) {
    const failure = await installPackages(
      ['docker.io', 'iptables', 'ca-certificates'],
      'gateways under test run in containers, and this machine has no container engine',
      say,
    );
    if (failure) giveUp(`The Docker engine could not be installed: ${failure}`, help);
  }
  // With an init system, the installation of the package has already started the engine.
  if ((await findEngine()).engine) return;
  const failure = await startEngine(SYSTEM_ENGINE, say);
  if (failure) giveUp(`The Docker engine could not be started: ${failure}`, 'Start one by hand, or set DOCKER_HOST.');
}

const modulesFailure = installModules(ROOT, say);
if (modulesFailure)
  giveUp(modulesFailure, 'Check the network and `npm config get registry`, then run `npm ci` by hand.');

let { engine, tried } = await findEngine();
if (!engine) {
  await bringUpEngine(tried);
  ({ engine } = await findEngine());
  if (!engine) giveUp('The engine answered once, and then stopped answering.', `Its log is ${SYSTEM_ENGINE.log}.`);
}
say(`ready; ${engine.kind} answers at ${engine.url} (API ${engine.apiVersion}).`);
