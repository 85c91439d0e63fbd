import { inRange } from '../../scenario/releases/range.ts';

/** A dependency of openclaw that npm cannot install as the release specifies it, and its replacement. */
export type Override = {
  package: string;
  /** The spec, as in `overrides` of package.json. */
  replacement: string;
  /** The openclaw releases that need it, as a range. */
  releases: string;
  reason: string;
};

/** All overrides, with the releases that need them and the reasons. */
export const OVERRIDES: readonly Override[] = [
  {
    package: 'linkedom',
    replacement: '0.18.12',
    releases: '<2026.5.12',
    reason:
      'These releases depend on ^0.18.12. 0.18.15 satisfies that, and depends on cssomnom, which the npm registry does not have.',
  },
  {
    package: 'libsignal',
    replacement: 'npm:libsignal@2.0.1',
    releases: '<2026.3.22 || >=2026.4.14 <2026.4.20',
    reason: 'The WhatsApp channel of these releases gets libsignal from a git repository. The gateway does not use it.',
  },
];

/** The `overrides` of the package.json that installs this release: package name to replacement. */
export function overridesFor(version: string): Record<string, string> {
  const needed = OVERRIDES.filter(({ releases }) => inRange(version, releases));
  return Object.fromEntries(needed.map((override) => [override.package, override.replacement]));
}
