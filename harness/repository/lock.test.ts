import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../root.ts';

const names = z.record(z.string(), z.string()).default({});

const packageSchema = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).default({}),
});

const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) });
const manifestSchema = z.object({ dependencies: names, devDependencies: names });

const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** The folders in which Node looks for a package that is required from `path`, nearest first. */
function placesFor(name: string, path: string): string[] {
  const parts = path === '' ? [] : path.split('/node_modules/');
  return parts
    .map((_, index) => parts.slice(0, parts.length - index).join('/node_modules/'))
    .concat('')
    .map((folder) => [folder, 'node_modules', name].filter(Boolean).join('/'));
}

test('package-lock.json has an entry for all that its packages name, on every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    [
      ...Object.keys(entry.dependencies),
      ...Object.keys(entry.devDependencies),
      ...Object.keys(entry.optionalDependencies),
      ...Object.keys(entry.peerDependencies).filter((name) => !entry.peerDependenciesMeta[name]?.optional),
    ]
      .filter((name) => !placesFor(name, path).some((place) => packages[place]))
      .map((name) => `${path || 'package.json'} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test('package-lock.json pins the bytes of every package and the address of none', () => {
  const loose = Object.entries(packages).filter(([path, { integrity, resolved }]) =>
    path === '' ? false : !integrity?.startsWith('sha512-') || resolved !== undefined,
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('package-lock.json has the versions that package.json names', () => {
  const named = { ...manifest.dependencies, ...manifest.devDependencies };
  const locked = Object.keys(named).map((name) => [name, packages[`node_modules/${name}`]?.version]);
  expect(Object.fromEntries(locked)).toEqual(named);
});
