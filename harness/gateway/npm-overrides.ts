import { inRange } from '../scenario/range.ts';

/** A dependency of openclaw that npm cannot install as the release asks for it, and what is installed in its place. */
export type Override = {
  package: string;
  /** As in package.json's `overrides`. */
  replacement: string;
  /** The openclaw releases that need it, as a range. */
  applies: string;
  reason: string;
};

export const OVERRIDES: readonly Override[] = [
  {
    package: 'linkedom',
    replacement: '0.18.12',
    applies: '<2026.5.12',
    reason:
      'These releases ask for ^0.18.12. 0.18.15 satisfies that, and wants cssomnom, which the npm registry does not have.',
  },
  {
    package: 'libsignal',
    replacement: 'npm:libsignal@2.0.1',
    applies: '<2026.3.22 || >=2026.4.14 <2026.4.20',
    reason:
      'The WhatsApp channel of these releases pulls libsignal out of a git repository. The gateway does not use it.',
  },
];

/** The `overrides` of the package.json that installs this release: package name to replacement. */
export function overridesFor(version: string): Record<string, string> {
  const needed = OVERRIDES.filter(({ applies }) => inRange(version, applies));
  return Object.fromEntries(needed.map((override) => [override.package, override.replacement]));
}
