import semver from 'semver';
import { z } from 'zod';

/** A dependency of a build that npm would not install from its registry. `field` is the field of package.json. */
export type ForeignSpec = { dependency: string; spec: string; field: string };

const FIELDS = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const;

const specs = z.record(z.string(), z.string()).optional();

const manifestSchema = z.object({
  dependencies: specs,
  optionalDependencies: specs,
  peerDependencies: specs,
  overrides: z.record(z.string(), z.unknown()).optional(),
});

const TARBALL_NAME = /\.(tgz|tar\.gz|tar)$/i;

/** Whether a spec is a version, a range or a tag, which npm resolves with its registry only. */
function isRegistrySpec(spec: string): boolean {
  if (semver.validRange(spec, { loose: true }) !== null) return true;
  return /^[a-z0-9][a-z0-9._-]*$/i.test(spec) && !TARBALL_NAME.test(spec);
}

/**
 * Whether npm resolves a spec with its registry: a version, a range, a tag, or one of these for another package (`npm:name@…`).
 * All other specs (git, github:, URLs, files, folders, links, workspaces, catalogues) name an address or run a tool.
 */
export function comesFromRegistry(spec: string): boolean {
  const alias = /^npm:(?:@[a-z0-9._~-]+\/)?[a-z0-9._~-]+(?:@(.*))?$/i.exec(spec);
  return isRegistrySpec(alias ? (alias[1] ?? '') : spec);
}

/** The foreign specs in `overrides`, which can be nested. `$name` repeats the spec of a dependency in the same manifest. */
function inOverrides(overrides: Readonly<Record<string, unknown>>): ForeignSpec[] {
  return Object.entries(overrides).flatMap(([dependency, value]) => {
    const nested = z.record(z.string(), z.unknown()).safeParse(value);
    if (nested.success) return inOverrides(nested.data);
    const spec = typeof value === 'string' ? value : JSON.stringify(value);
    return spec.startsWith('$') || comesFromRegistry(spec) ? [] : [{ dependency, spec, field: 'overrides' }];
  });
}

/**
 * Lists the dependencies in a parsed package.json that do not come from the registry. Ignores development dependencies, because npm does
 * not install them. Throws ZodError if a field has another shape than npm writes.
 */
export function foreignSpecs(manifest: unknown): ForeignSpec[] {
  const read = manifestSchema.parse(manifest);
  const direct = FIELDS.flatMap((field) =>
    Object.entries(read[field] ?? {})
      .filter(([, spec]) => !comesFromRegistry(spec))
      .map(([dependency, spec]) => ({ dependency, spec, field })),
  );
  return [...direct, ...inOverrides(read.overrides ?? {})];
}
