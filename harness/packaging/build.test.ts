import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitOnThisMachine } from '../limits.ts';
import { trackedFiles } from '../repository/documents.fixture.ts';
import { ROOT } from '../root.ts';
import { type Packed, packed } from './packed.fixture.ts';

/** Folders of the repository of which the package has every file. */
const WHOLE = ['docker', 'docs', 'results/published', 'scenarios'];

/** The other files of the package that are not built. */
const SINGLE = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'bin/postern.mjs',
  'harness/paste/known-texts.json',
  'package.json',
];

/** Files of dist/ that the compiler does not make. */
const NOT_COMPILED = ['dist/commit.txt'];

let made: Packed;
beforeAll(() => {
  made = packed();
}, waitOnThisMachine(120_000));
afterAll(() => made.remove());

const TRACKED = trackedFiles();
const SOURCES = TRACKED.filter((file) => /^harness\/.*\.m?[jt]s$/.test(file));
const isTest = (file: string): boolean => /\.(test|fixture)\.ts$/.test(file);

describe('the package', () => {
  test('has what commands read, what users read, and nothing else', () => {
    const expected = TRACKED.filter(
      (file) =>
        SINGLE.includes(file) ||
        WHOLE.some((folder) => file.startsWith(`${folder}/`)) ||
        // Reports name the line that a property is written in.
        (path.dirname(file) === 'harness/pairwise' && !isTest(file)) ||
        /^harness\/(?:rights|routes|events|settings)\/properties\.ts$/.test(file),
    );
    expect(made.files.filter((file) => !file.startsWith('dist/'))).toEqual(expected.sort());
  });

  test('has JavaScript, a source map and types of each source that a command imports, and of no test', () => {
    const built = new Set(made.files.filter((file) => file.startsWith('dist/') && !NOT_COMPILED.includes(file)));
    const compiled = SOURCES.filter((file) => built.has(builtOf(file)));
    expect(compiled.filter(isTest)).toEqual([]);
    expect(compiled).toContain('harness/cli/main.ts');
    expect(compiled).not.toContain('harness/paste/corpus.ts');
    const outputs = compiled.map(builtOf).flatMap((file) => [file, `${file}.map`, file.replace(/(m?)js$/, 'd.$1ts')]);
    expect([...built].sort()).toEqual(outputs.sort());
  });

  test('has every file that a report or a message names by its path', () => {
    const named = made.files
      .filter((file) => file.endsWith('.js'))
      .map((file) => file.replace(/^dist\//, 'harness/').replace(/js$/, 'ts'))
      .filter((file) => SOURCES.includes(file))
      .flatMap((file) => [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/'(harness\/[\w/-]+\.ts)'/g)])
      .map(([, file]) => file);
    expect(named.filter((file) => file !== undefined && !made.files.includes(file))).toEqual([]);
    expect(named.length).toBeGreaterThan(4);
  });

  test('is clean for publint', async () => {
    const bytes = new Uint8Array(readFileSync(made.tarball));
    const { messages } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
    expect(messages).toEqual([]);
  });

  test('gives types to every program that can import it', async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(made.tarball))));
    if (result.types === false) throw new Error('the package has no types');
    // `exports` and ES modules are all that Node 24 needs: TypeScript's older ways to resolve a module are not served.
    const served = result.problems.filter(
      (problem) => !('resolutionKind' in problem && /^node10$|^node16-cjs$/.test(problem.resolutionKind)),
    );
    expect(served).toEqual([]);
    expect(Object.keys(result.entrypoints)).toContain('./report');
  });
});

test('a Node that is too old is told what was found, what is needed, and what to do', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-node-'));
  try {
    cpSync(path.join(ROOT, 'bin'), path.join(folder, 'bin'), { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "engines": { "node": ">=999" } }');
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'bin/postern.mjs')], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      `Postern needs Node 999 or later, and this is Node ${process.versions.node} (${process.execPath}).\n\n` +
        'Install Node 999 and put it first on PATH. In a checkout of Postern, `npm ci` installs one, and `npx postern` uses it.\n',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The path of what is built of a source. */
function builtOf(source: string): string {
  return source.replace(/^harness/, 'dist').replace(/\.(m?)[jt]s$/, '.$1js');
}
