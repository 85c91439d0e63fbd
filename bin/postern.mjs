#!/usr/bin/env node
// Starts Postern. Plain JavaScript, so that every Node that has modules runs it: an older one gets a message in place of a stack.
import { readFileSync } from 'node:fs';

const ENVIRONMENT_FAILED = 3;

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const oldest = Number.parseInt(engines.node.replace('>=', ''), 10);
if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(
    `Postern needs Node ${oldest} or later, and this is Node ${process.versions.node} (${process.execPath}).\n\n` +
      `Install Node ${oldest} and put it first on PATH. In a checkout of Postern, \`npm ci\` installs one, and \`npx postern\` uses it.\n`,
  );
  process.exit(ENVIRONMENT_FAILED);
}
// Node runs TypeScript, but not below node_modules: there is the package, with what was built of the sources.
await import(import.meta.url.includes('/node_modules/') ? '../dist/cli/main.js' : '../harness/cli/main.ts');
