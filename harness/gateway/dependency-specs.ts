import semver from 'semver';
import { z } from 'zod';

/** A dependency that a build asks for, and that the npm registry does not have by a version. */
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

/** A version, a range or a tag, which npm looks up in its registry and nowhere else. */
function isRegistrySpec(spec: string): boolean {
  if (semver.validRange(spec, { loose: true }) !== null) return true;
  return /^[a-z0-9][a-z0-9._-]*$/i.test(spec) && !TARBALL_NAME.test(spec);
}

/**
 * Whether npm looks a spec up in its registry: a version, a range, a tag, or such of another package (`npm:name@…`).
 * Everything else (git, github:, URLs, files, folders, links, workspaces, catalogues) names an address or runs a tool.
 */
export function comesFromRegistry(spec: string): boolean {
  const alias = /^npm:(?:@[a-z0-9._~-]+\/)?[a-z0-9._~-]+(?:@(.*))?$/i.exec(spec);
  return isRegistrySpec(alias ? (alias[1] ?? '') : spec);
}

/** The specs in `overrides`, which nest; `$name` repeats what a dependency of the same manifest says. */
function inOverrides(overrides: Readonly<Record<string, unknown>>): ForeignSpec[] {
  return Object.entries(overrides).flatMap(([dependency, value]) => {
    const nested = z.record(z.string(), z.unknown()).safeParse(value);
    if (nested.success) return inOverrides(nested.data);
    const spec = typeof value === 'string' ? value : JSON.stringify(value);
    return spec.startsWith('$') || comesFromRegistry(spec) ? [] : [{ dependency, spec, field: 'overrides' }];
  });
}

/**
 * The dependencies in a package.json that do not come from the registry; development
 * dependencies are not installed, and may be anything. Throws ZodError where a field is not what npm writes.
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
