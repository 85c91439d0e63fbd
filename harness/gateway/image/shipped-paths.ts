import { SHIPPED_PATHS_MS } from '../../limits.ts';
import type { Engine } from '../engine/engine.ts';
import { INSTALLED } from './image.ts';
import { searchPackage } from './search-package.ts';

/** A path in the code of a release, and the source file that the code was bundled from. */
export type ShippedPath = { module: string; path: string };

/**
 * Source files that answer HTTP requests. The bundles of all releases since 2026.2 name the source file of each region, in a comment. Plugins
 * are searched for the paths that they register.
 */
const SERVING = String.raw`^src\/(canvas-host\/|gateway\/.*(http|control-ui|hooks|canvas|capability|mcp|artifact|board|auth|path|desktop|portal|route|attachments|callback|upgrade|watch-node))`;

/**
 * Prints one line for each path in a source file that answers HTTP requests: the file and the path, as the code quotes it or as a
 * pattern begins. It reads files, and executes none.
 */
const SEARCH = [
  `cd ${INSTALLED}/dist || exit 1`,
  String.raw`grep -rlIE --include=*.js --include=*.mjs '^//#region src/(gateway|canvas-host)/|registerHttpRoute\(' . | sort | xargs -r cat | awk '`,
  String.raw`/^\/\/#region / { module = $2; serves = module ~ /${SERVING}/; plugin = module ~ /^extensions\// }`,
  String.raw`/registerHttpRoute\(/ { registers = 12 }`,
  '{ registers -= 1 }',
  'serves || (plugin && registers > 0 && /path: "/) {',
  '  line = $0',
  String.raw`  gsub(/\\\//, "/", line)`,
  String.raw`  while (match(line, /["\140^]\/[A-Za-z_][A-Za-z0-9_.:\/-]*["\140$[(]/)) {`,
  '    print module, substr(line, RSTART + 1, RLENGTH - 2)',
  '    line = substr(line, RSTART + RLENGTH - 1)',
  '  }',
  "}' | sort -u",
].join('\n');

/** Reads what `SEARCH` printed: each path once, with the first of its files. */
export function shippedPathsIn(printed: string): ShippedPath[] {
  const lines = printed.split('\n').map((line) => line.trim().split(' '));
  const found = new Map<string, ShippedPath>();
  for (const [module = '', path = ''] of lines)
    if (path.startsWith('/') && !found.has(path)) found.set(path, { module, path });
  return [...found.values()];
}

/**
 * Finds the paths that the gateway in an image answers, in the code of its package. Returns null if none is found or the code cannot be read, as
 * in images that Postern did not build. The search runs in a container without a network or capabilities.
 */
export async function shippedPaths(engine: Engine, image: string): Promise<ShippedPath[] | null> {
  const printed = await searchPackage(engine, image, {
    command: ['sh', '-c', SEARCH],
    withinMs: SHIPPED_PATHS_MS,
    processes: 32,
  });
  const paths = printed === null ? [] : shippedPathsIn(printed);
  return paths.length === 0 ? null : paths;
}
