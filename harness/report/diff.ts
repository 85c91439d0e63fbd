import type { Change } from '../judge/change.ts';
import {
  type ComparedObservation,
  type Comparison,
  nameOf,
  type ObservationChange,
  type StandingChange,
  weakeningsOf,
} from '../results/comparison.ts';
import { clip } from '../text/control-characters.ts';
import { count, listed } from '../text/format.ts';
import { code, fenced, prose } from './markdown/markdown-text.ts';
import { VERDICT_LABELS } from './verdict-labels.ts';

/**
 * One section of a comparison: the changes of one kind. `local` is null if the section has local and remote clients, `accepted` is null if
 * it has accepted and other changes. `whole`: the section shows both transcripts of each change.
 */
export type Section = {
  title: string;
  note: string;
  change: Change;
  local: boolean | null;
  accepted: boolean | null;
  whole: boolean;
};

/** The sections of a comparison, the most important first. docs/triage.md quotes the first title; a test compares them. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Remote clients get more access',
    note: 'The head gives a remote client more access than the base. Exit code 4.',
    change: 'weakened',
    local: false,
    accepted: false,
    whole: true,
  },
  {
    title: 'The head no longer answers',
    note: 'The head timed out or crashed, or the step could not be carried out: nothing is known about the boundary there.',
    change: 'broke',
    local: null,
    accepted: null,
    whole: true,
  },
  {
    title: 'The head no longer logs it',
    note: 'The same clients get the same access, and the log of the head no longer records it.',
    change: 'unrecorded',
    local: null,
    accepted: null,
    whole: true,
  },
  {
    title: 'Only the head answers',
    note: 'The base gave no decision, so there is nothing to compare with.',
    change: 'recovered',
    local: null,
    accepted: null,
    whole: true,
  },
  {
    title: 'Local clients get more access',
    note: 'Users on the gateway’s machine asked for some of this; check that the head gives no more than that.',
    change: 'weakened',
    local: true,
    accepted: null,
    whole: false,
  },
  {
    title: 'Local clients get less access',
    note: 'Users on the gateway’s machine will notice.',
    change: 'tightened',
    local: true,
    accepted: null,
    whole: false,
  },
  {
    title: 'Remote clients get more access, accepted',
    note: 'An entry in scenarios/accepted.yaml accepts each of these changes, until the day that it names.',
    change: 'weakened',
    local: false,
    accepted: true,
    whole: false,
  },
  {
    title: 'Remote clients get less access',
    note: '',
    change: 'tightened',
    local: false,
    accepted: null,
    whole: false,
  },
  {
    title: 'Different answer, same access',
    note: 'The cause, code, role or pairing decision differs.',
    change: 'changed',
    local: null,
    accepted: null,
    whole: false,
  },
];

/** The title of each standing that is worse than on the base, the most important first. */
export const STANDING_TITLES: Record<StandingChange['standing'], string> = {
  regressed: 'Holds on the base and not on the head',
  lost: 'Has a verdict on the base and none on the head',
  untold: 'Has no reliable verdict',
  'red-on-both': 'Red on both, which does not fail the gate',
};

/** The word for the verdict of base or head; null means that its report lacks the check. */
export function describeVerdict(verdict: StandingChange['base']): string {
  return verdict === null ? 'not in the report' : VERDICT_LABELS[verdict].word;
}

/** The checks grouped by standing, each group with its title; no empty groups. */
export function standingGroups({ standings }: Comparison): { title: string; checks: readonly StandingChange[] }[] {
  return [...Map.groupBy(standings, ({ standing }) => standing)].map(([standing, checks]) => ({
    title: STANDING_TITLES[standing],
    checks,
  }));
}

/** The parts that could not be compared, as clauses without a full stop. */
export function describeUncompared({ base, head, doubtful, unreached, unwritten }: Comparison): string[] {
  return [
    ...(unwritten.length > 0 ? [`${nameOf(head)} never logs ${listed(unwritten)}, which ${nameOf(base)} logs`] : []),
    ...(doubtful.length > 0
      ? [`${count(doubtful.length, 'cell')} gave two different observations: ${doubtful.join(', ')}`]
      : []),
    ...(unreached.length > 0
      ? [
          `${count(unreached.length, 'cell')} could not be compared, because one of the gateways did not get as far as the knock: ${unreached.join(', ')}`,
        ]
      : []),
  ];
}

/** The changes of a section, in the order of the comparison. */
export function changesIn({ changes }: Comparison, { change, local, accepted }: Section): ObservationChange[] {
  return changes.filter(
    (entry) =>
      entry.change === change &&
      (local === null || entry.local === local) &&
      (accepted === null || (entry.accepted !== null) === accepted),
  );
}

/**
 * Changes grouped by equal observations before and after and equal decision, so that a reader sees each kind of change once. Order of the
 * first of each.
 */
export function groupsOfSimilar(changes: readonly ObservationChange[]): ObservationChange[][] {
  const groups = Map.groupBy(changes, ({ base, head, accepted }) => JSON.stringify([base.seen, head.seen, accepted]));
  return [...groups.values()];
}

/** The terminal shows at most this many groups of a section, and names this many changes of each group. */
const SHOWN = 15;
const NAMED = 3;

/** Characters of each transcript in a comparison; report.json has the rest. */
const TRANSCRIPT_CHARACTERS = 6_000;

/** One clause without a full stop: whether remote clients get more access, and how many checks the head no longer answers. */
export function describeDiff(diff: Comparison): string {
  const weaker = weakeningsOf(diff).length;
  const broke = diff.changes.filter(({ change }) => change === 'broke').length;
  const [base, head] = [nameOf(diff.base), nameOf(diff.head)];
  const boundary =
    weaker === 0
      ? `no remote client gets more access on ${head} than on ${base}`
      : `remote clients get more access on ${head} than on ${base} in ${count(weaker, 'check')}`;
  return broke === 0 ? boundary : `${boundary}; ${head} no longer answers ${count(broke, 'check')} of ${base}`;
}

/** comparison.md: verdicts that are worse on the head, then the changes by section; weakenings come first, with both transcripts. */
export function renderDiff(diff: Comparison): string {
  const sections = SECTIONS.map((section) => {
    const { title, note, whole } = section;
    const found = changesIn(diff, section);
    if (found.length === 0) return '';
    const entries = whole ? found.map(wholeEntry).join('\n') : table(found);
    return `## ${title}\n\n${note === '' ? '' : `${note}\n\n`}${entries}`;
  });
  const same = diff.changes.filter(({ change }) => change === 'same').length;
  const standings = standingGroups(diff).map(({ title, checks }) => `## ${title}\n\n${standingTable(checks, diff)}`);
  const alone = [
    ...(diff.onlyBase.length > 0
      ? [`${count(diff.onlyBase.length, 'check')} only on ${prose(nameOf(diff.base))}`]
      : []),
    ...(diff.onlyHead.length > 0
      ? [`${count(diff.onlyHead.length, 'check')} only on ${prose(nameOf(diff.head))}`]
      : []),
  ];
  return [
    `# ${prose(nameOf(diff.base))} → ${prose(nameOf(diff.head))}`,
    `${prose(capital(describeDiff(diff)))}.`,
    ...[...describeUncompared(diff), ...diff.stale].map((text) => `${prose(capital(text))}.`),
    ...standings,
    ...sections.filter((section) => section !== ''),
    `${capital(count(same, 'check'))} the same${alone.length === 0 ? '' : `; ${alone.join(', ')}`}.`,
    '',
  ].join('\n\n');
}

/** A comparison as text for a terminal, worst first. Unchanged checks are not listed. */
export function printDiff(diff: Comparison): string {
  const lines = SECTIONS.flatMap((section) => {
    const { title } = section;
    const found = changesIn(diff, section);
    if (found.length === 0) return [];
    const shown = groupsOfSimilar(found).slice(0, SHOWN);
    const left = found.length - shown.flat().length;
    return [`\n${title}: ${found.length}`, ...shown.flatMap(printGroup), ...(left > 0 ? [`  … and ${left} more`] : [])];
  });
  const standings = standingGroups(diff).flatMap(({ title, checks }) => [
    `\n${title}: ${checks.length}`,
    ...checks
      .slice(0, SHOWN)
      .map(({ id, base, head }) => `  ${id}: ${describeVerdict(base)} → ${describeVerdict(head)}`),
    ...(checks.length > SHOWN ? [`  … and ${checks.length - SHOWN} more`] : []),
  ]);
  const rest = [...describeUncompared(diff), ...diff.stale].map((text) => `${capital(text)}.\n`);
  return `${[...standings, ...lines].join('\n')}\n\n${capital(describeDiff(diff))}.\n${rest.join('')}`;
}

function printGroup(group: readonly ObservationChange[]): string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    ...group.slice(0, NAMED).map((change) => `  ${describeWho(change)}`),
    ...(group.length > NAMED ? [`  … and ${group.length - NAMED} alike`] : []),
    `    base  ${first.base.seen}`,
    `    head  ${first.head.seen}`,
  ];
}

/** The id of a check or probe, with the vantage of its client. */
export function describeWho({ id, base }: ObservationChange): string {
  return `${id}${from(base)}`;
}

function from({ vantage }: ComparedObservation): string {
  return vantage === null ? '' : ` (${vantage})`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function standingTable(checks: readonly StandingChange[], { base, head }: Comparison): string {
  const rows = checks.map(
    (check) => `| ${prose(check.id)} | ${describeVerdict(check.base)} | ${describeVerdict(check.head)} |`,
  );
  return [`| check | ${prose(nameOf(base))} | ${prose(nameOf(head))} |`, '| --- | --- | --- |', ...rows].join('\n');
}

function table(entries: readonly ObservationChange[]): string {
  const rows = groupsOfSimilar(entries).map((group) => {
    const who = group.map((change) => prose(describeWho(change))).join('<br>');
    return `| ${who} | ${prose(group[0]?.base.seen ?? '')} | ${prose(group[0]?.head.seen ?? '')} |`;
  });
  return ['| check or probe | base | head |', '| --- | --- | --- |', ...rows].join('\n');
}

function wholeEntry({ id, base, head }: ObservationChange): string {
  return [
    `### ${prose(`${id}${from(head)}`)}`,
    ...(head.expected === null ? [] : [`Expected: ${prose(head.expected)}`]),
    `| base | head |\n| --- | --- |\n| ${prose(base.seen)} | ${prose(head.seen)} |`,
    `Repeat: ${code(head.repeat)}${head.source === null ? '' : `, declared at ${code(`${head.source.file}:${head.source.line}`)}`}`,
    `<details><summary>Both transcripts</summary>\n\nBase:\n\n${transcriptOf(base)}\nHead:\n\n${transcriptOf(head)}\n</details>\n`,
  ].join('\n\n');
}

function transcriptOf({ transcript }: ComparedObservation): string {
  if (transcript === null) return 'There is no transcript.\n';
  const lines = transcript.entries.map(({ at, kind, ...rest }) => `+${at} ms ${kind} ${JSON.stringify(rest)}`);
  return fenced('', clip(lines.join('\n'), TRANSCRIPT_CHARACTERS));
}
