import { ownCode, ownProse } from '../markdown/own-markdown.ts';

/** A weakened gateway with what must notice it, by `postern selftest`: in a whole gate, and in a gate of a profile. */
export type MutantRow = {
  id: string;
  /** The changed behaviour of the gateway, in one sentence. */
  says: string;
  /** The releases that it is made from. */
  releases: readonly string[];
  /** What notices it in a whole gate: ids of checks, and "the comparison of <survey>". Empty for a known hole. */
  whole: readonly string[];
  /** The part of `whole` that the profile plays, if it plays some of it on every release of the mutant; if it is empty, the profile misses the mutant. */
  profile: readonly string[];
  /** Why nothing notices it; null if something does. */
  hole: string | null;
};

/** At most this many checks are named in a cell; the others are counted. */
const NAMED = 3;

function sayNoticing(noticing: readonly string[]): string {
  const named = noticing.slice(0, NAMED).map((id) => (id.includes('/') ? ownCode(id) : ownProse(id)));
  const more = noticing.length > NAMED ? [`and ${noticing.length - NAMED} more`] : [];
  return [...named, ...more].join('<br>');
}

function rowOf({ id, says, releases, whole, profile, hole }: MutantRow): string {
  const cells = [
    `${ownCode(id)}: ${ownProse(says)}`,
    releases.join(', '),
    hole === null ? sayNoticing(whole) : `**nothing**: ${ownProse(hole)}`,
    profile.length > 0 ? sayNoticing(profile) : '**nothing**',
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * results/mutants.md: each weakened gateway with what notices it in a whole gate and in one of profile `pr`. `changed`: the path that the head of
 * that gate changes.
 */
export function renderMutants(rows: readonly MutantRow[], changed: string): string {
  const [known, holes] = [rows.filter(({ hole }) => hole === null), rows.filter(({ hole }) => hole !== null)];
  const seen = known.filter(({ profile }) => profile.length > 0);
  return [
    '# Weakened gateways, and what notices them',
    '',
    'Each row is a gateway made from a published package by one change that weakens it. `postern selftest`, with `--rights`, `--routes`, `--events`',
    'or `--settings` for what lies behind the door, builds and plays it, and ends red if one of the named checks does not notice it: that would make',
    'the row false. The rows of access settings and events but on 2026.4.1, and of about 27 builds of methods and routes have not been looked at so yet.',
    `A whole gate notices ${known.length} of ${rows.length}; nothing notices the other ${holes.length}, which are known holes. A gate of profile \`pr\` whose head changes`,
    `${ownCode(changed)} notices ${seen.length}: it plays neither the events nor the access settings, no update and no slow scenario.`,
    '`postern coverage --write` generates this page from `harness/mutants/`.',
    '',
    '| weakened gateway | made from | noticed in a whole gate by | in profile `pr` by |',
    '| --- | --- | --- | --- |',
    ...rows.map(rowOf),
    '',
  ].join('\n');
}
