/**
 * The releases of openclaw on npm when 2026.9.6 was the newest, oldest first in the order of `compareReleases`. Users also report other
 * releases, such as 2026.2.19-2, that npm no longer has. To update the list, run `npm view openclaw versions --json`.
 */
export const NPM_RELEASES: readonly string[] = [
  '2026.1.29',
  '2026.1.30',
  '2026.2.1',
  '2026.2.2',
  '2026.2.2-3',
  '2026.2.3',
  '2026.2.3-1',
  '2026.2.6-3',
  '2026.2.9',
  '2026.2.12',
  '2026.2.17',
  '2026.2.19',
  '2026.2.21',
  '2026.2.22',
  '2026.2.22-1',
  '2026.2.23-beta.1',
  '2026.2.23',
  '2026.2.24',
  '2026.2.25',
  '2026.2.26',
  '2026.3.1',
  '2026.3.2',
  '2026.3.7',
  '2026.3.8',
  '2026.3.11',
  '2026.3.13',
  '2026.3.22',
  '2026.3.23',
  '2026.3.23-1',
  '2026.3.23-2',
  '2026.3.24-beta.2',
  '2026.3.24',
  '2026.3.28',
  '2026.3.31',
  '2026.4.1',
  '2026.4.2',
  '2026.4.5',
  '2026.4.7',
  '2026.4.8',
  '2026.4.9',
  '2026.4.10',
  '2026.4.11',
  '2026.4.12',
  '2026.4.14',
  '2026.4.15',
  '2026.4.20',
  '2026.4.21',
  '2026.4.22',
  '2026.4.23',
  '2026.4.24',
  '2026.4.25',
  '2026.4.26',
  '2026.4.27',
  '2026.4.29-beta.1',
  '2026.4.29-beta.4',
  '2026.4.29',
  '2026.4.30-beta.1',
  '2026.5.2',
  '2026.5.3',
  '2026.5.3-1',
  '2026.5.4',
  '2026.5.5',
  '2026.5.6',
  '2026.5.7-beta.1',
  '2026.5.7',
  '2026.5.12',
  '2026.5.14-beta.1',
  '2026.5.14-beta.2',
  '2026.5.16-beta.1',
  '2026.5.16-beta.2',
  '2026.5.16-beta.3',
  '2026.5.16-beta.4',
  '2026.5.16-beta.6',
  '2026.5.16-beta.7',
  '2026.5.18-beta.1',
  '2026.5.18',
  '2026.5.19',
  '2026.5.20-beta.1',
  '2026.5.20',
  '2026.5.22',
  '2026.5.26',
  '2026.5.27',
  '2026.5.28',
  '2026.5.30-beta.1',
  '2026.5.31-beta.1',
  '2026.5.31-beta.2',
  '2026.5.31-beta.3',
  '2026.5.31-beta.4',
  '2026.6.1-beta.1',
  '2026.6.1-beta.2',
  '2026.6.1-beta.3',
  '2026.6.1',
  '2026.6.5',
  '2026.6.6',
  '2026.6.8',
  '2026.6.9',
  '2026.6.10',
  '2026.6.11-beta.2',
  '2026.6.11',
  '2026.6.33',
  '2026.6.34',
  '2026.6.35',
  '2026.7.1-beta.1',
  '2026.7.1-beta.2',
  '2026.7.1-beta.4',
  '2026.7.1-beta.5',
  '2026.7.1-beta.6',
  '2026.7.1',
  '2026.7.1-1',
  '2026.7.1-2',
  '2026.7.2-beta.1',
  '2026.7.2-beta.2',
  '2026.7.2-beta.3',
  '2026.7.2-beta.4',
  '2026.7.2-beta.5',
  '2026.7.2-beta.6',
  '2026.7.2-beta.7',
  '2026.7.33',
  '2026.7.34',
  '2026.7.35',
  '2026.8.1-beta.1',
  '2026.8.1-beta.2',
  '2026.8.1-beta.3',
  '2026.8.1',
  '2026.8.2',
  '2026.9.1-beta.1',
  '2026.9.1',
  '2026.9.2',
  '2026.9.3',
  '2026.9.4',
  '2026.9.5',
  '2026.9.6',
];

/** The oldest release whose log and handshake Postern can read. Postern plays scenarios on this release and later ones. */
export const OLDEST_PLAYED = '2026.2.17';

/**
 * What is said of the releases from 2026.2.22 to 2026.2.24. Seen on 2026.2.22, 2026.2.23 and 2026.2.24, and neither on 2026.2.21 nor on 2026.2.25;
 * 2026.2.22-1 has the same code as 2026.2.22.
 */
const UNDESCRIBED =
  'it answers a command that has the shared secret differently from earlier and later releases, and no scenario describes that';

/**
 * Releases on npm that are no end of a range and for which nothing is published, with the reason as a clause: no gateway starts from the package, or
 * scenarios do not describe the release. A gateway that starts, or on which the scenarios hold, would prove an entry wrong; `postern run --gateway
 * <release>` looks for that.
 */
export const NOT_PLAYED: Readonly<Record<string, string>> = {
  '2026.2.22': UNDESCRIBED,
  '2026.2.22-1': UNDESCRIBED,
  '2026.2.23': UNDESCRIBED,
  '2026.2.24': UNDESCRIBED,
  '2026.4.5': "it exits at once: its code requires the module '@buape/carbon', which its package does not install",
};

/** The releases on npm that Postern can play, previews included, oldest first. */
export const PLAYABLE_RELEASES: readonly string[] = NPM_RELEASES.slice(NPM_RELEASES.indexOf(OLDEST_PLAYED)).filter(
  (version) => !Object.hasOwn(NOT_PLAYED, version),
);

/** Whether it is a preview, such as 2026.9.1-beta.1. A correction, such as 2026.7.1-2, is none. */
export function isPreview(version: string): boolean {
  return /-[a-z]/.test(version);
}

/** Those of them that are no previews. Corrections are stable. */
export const STABLE_RELEASES: readonly string[] = PLAYABLE_RELEASES.filter((version) => !isPreview(version));
