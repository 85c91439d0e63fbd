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
 * A kind of change; `local` is null where it does not matter who it is about, `accepted` where nobody could accept it; `whole` shows both
 * transcripts.
 */
export type Section = {
  title: string;
  note: string;
  change: Change;
  local: boolean | null;
  accepted: boolean | null;
  whole: boolean;
};

/** What a reader is told of a kind of change, in the order in which it matters. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Further in, from elsewhere',
    note: 'Somebody who is not on the machine of the gateway is let further in than before. Exit code 4.',
    change: 'weakened',
    local: false,
    accepted: false,
    whole: true,
  },
  {
    title: 'No longer answered',
    note: 'It hung, broke, or could not be carried out: nothing is known of the boundary there.',
    change: 'broke',
    local: null,
    accepted: null,
    whole: true,
  },
  {
    title: 'Not written down any more',
    note: 'The same clients are let in as far, and the log of the new gateway does not say so.',
    change: 'unrecorded',
    local: null,
    accepted: null,
    whole: true,
  },
  {
    title: 'Answered only now',
    note: 'The base gave no decision here, so nothing can be compared.',
    change: 'recovered',
    local: null,
    accepted: null,
    whole: true,
  },
  {
    title: 'Further in, on the same machine',
    note: 'What users of the machine itself asked for, or too much of it.',
    change: 'weakened',
    local: true,
    accepted: null,
    whole: false,
  },
  {
    title: 'Held further out, on the same machine',
    note: 'Users will notice.',
    change: 'tightened',
    local: true,
    accepted: null,
    whole: false,
  },
  {
    title: 'Further in, from elsewhere, and accepted',
    note: 'Each by an entry in scenarios/accepted.yaml, until the day that it names.',
    change: 'weakened',
    local: false,
    accepted: true,
    whole: false,
  },
  {
    title: 'Held further out, from elsewhere',
    note: '',
    change: 'tightened',
    local: false,
    accepted: null,
    whole: false,
  },
  {
    title: 'Different, and neither further in nor out',
    note: 'Another cause, code, role or decision.',
    change: 'changed',
    local: null,
    accepted: null,
    whole: false,
  },
];

/** What a reader is told of checks that stand worse on the head, in the order in which it matters. */
export const STANDING_TITLES: Record<StandingChange['standing'], string> = {
  regressed: 'Holds on the base and not on the head',
  lost: 'Has a verdict on the base and none on the head',
  untold: 'Has no verdict that can be relied on',
  'red-on-both': 'Red on both, which fails no gate',
};

/** A verdict of one of the two as it is told. */
export function describeVerdict(verdict: StandingChange['base']): string {
  return verdict === null ? 'not in the report' : VERDICT_LABELS[verdict].word;
}

/** The checks of each standing that has some, with its title. */
export function standingGroups({ standings }: Comparison): { title: string; checks: readonly StandingChange[] }[] {
  return [...Map.groupBy(standings, ({ standing }) => standing)].map(([standing, checks]) => ({
    title: STANDING_TITLES[standing],
    checks,
  }));
}

/** What could not be compared, in sentences. */
export function describeUntold({ base, head, doubtful, unreached, unwritten }: Comparison): string[] {
  return [
    ...(unwritten.length > 0
      ? [`${nameOf(head)} never writes down ${listed(unwritten)}, which ${nameOf(base)} writes down`]
      : []),
    ...(doubtful.length > 0
      ? [`${count(doubtful.length, 'cell')} showed one thing and then another: ${doubtful.join(', ')}`]
      : []),
    ...(unreached.length > 0
      ? [
          `${count(unreached.length, 'cell')} could not be compared, for one of the two was not brought to the knock: ${unreached.join(', ')}`,
        ]
      : []),
  ];
}

/** The changes of a section, in the order of the comparison. */
export function foundIn({ changes }: Comparison, { change, local, accepted }: Section): ObservationChange[] {
  return changes.filter(
    (entry) =>
      entry.change === change &&
      (local === null || entry.local === local) &&
      (accepted === null || (entry.accepted !== null) === accepted),
  );
}

/** Changes from the same to the same, together, in the order of the first of each: what changed for one reason is read once. */
export function alike(changes: readonly ObservationChange[]): ObservationChange[][] {
  const groups = Map.groupBy(changes, ({ base, head, accepted }) => JSON.stringify([base.seen, head.seen, accepted]));
  return [...groups.values()];
}

/** So many changes of a kind are told in a terminal, and so many of those that changed alike are named. */
const TOLD = 15;
const NAMED = 3;

/** A transcript beside another is read for its frames: so many characters of each side. */
const TRANSCRIPT_CHARACTERS = 6_000;

/** One line: whether the boundary holds as it did. */
export function describeDiff(diff: Comparison): string {
  const weaker = weakeningsOf(diff).length;
  const broke = diff.changes.filter(({ change }) => change === 'broke').length;
  const [base, head] = [nameOf(diff.base), nameOf(diff.head)];
  const boundary =
    weaker === 0
      ? `nobody from elsewhere is let further in by ${head} than by ${base}`
      : `${head} lets clients from elsewhere further in than ${base} in ${count(weaker, 'check')}`;
  return broke === 0 ? boundary : `${boundary}; ${count(broke, 'check')} of ${base} no longer answered`;
}

/** What changed from one gateway to another, as Markdown: what lets somebody from elsewhere further in comes first, with both transcripts. */
export function renderDiff(diff: Comparison): string {
  const sections = SECTIONS.map((section) => {
    const { title, note, whole } = section;
    const found = foundIn(diff, section);
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
    ...[...describeUntold(diff), ...diff.stale].map((text) => `${prose(capital(text))}.`),
    ...standings,
    ...sections.filter((section) => section !== ''),
    `${capital(count(same, 'check'))} the same${alone.length === 0 ? '' : `; ${alone.join(', ')}`}.`,
    '',
  ].join('\n\n');
}

/** The lines of a diff for a terminal, worst first; what is the same is counted alone. */
export function printDiff(diff: Comparison): string {
  const lines = SECTIONS.flatMap((section) => {
    const { title } = section;
    const found = foundIn(diff, section);
    if (found.length === 0) return [];
    const told = alike(found).slice(0, TOLD);
    const left = found.length - told.flat().length;
    return [`\n${title}: ${found.length}`, ...told.flatMap(tellAlike), ...(left > 0 ? [`  … and ${left} more`] : [])];
  });
  const standings = standingGroups(diff).flatMap(({ title, checks }) => [
    `\n${title}: ${checks.length}`,
    ...checks
      .slice(0, TOLD)
      .map(({ id, base, head }) => `  ${id}: ${describeVerdict(base)} → ${describeVerdict(head)}`),
    ...(checks.length > TOLD ? [`  … and ${checks.length - TOLD} more`] : []),
  ]);
  const rest = [...describeUntold(diff), ...diff.stale].map((text) => `${capital(text)}.\n`);
  return `${[...standings, ...lines].join('\n')}\n\n${capital(describeDiff(diff))}.\n${rest.join('')}`;
}

function tellAlike(group: readonly ObservationChange[]): string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    ...group.slice(0, NAMED).map((change) => `  ${describeWho(change)}`),
    ...(group.length > NAMED ? [`  … and ${group.length - NAMED} alike`] : []),
    `    before  ${first.base.seen}`,
    `    now     ${first.head.seen}`,
  ];
}

/** The check or look, and where its client came from. */
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
  const rows = alike(entries).map((group) => {
    const who = group.map((change) => prose(describeWho(change))).join('<br>');
    return `| ${who} | ${prose(group[0]?.base.seen ?? '')} | ${prose(group[0]?.head.seen ?? '')} |`;
  });
  return ['| check or look | before | now |', '| --- | --- | --- |', ...rows].join('\n');
}

function wholeEntry({ id, base, head }: ObservationChange): string {
  return [
    `### ${prose(`${id}${from(head)}`)}`,
    ...(head.expected === null ? [] : [`Expected: ${prose(head.expected)}`]),
    `| before | now |\n| --- | --- |\n| ${prose(base.seen)} | ${prose(head.seen)} |`,
    `Again: ${code(head.repeat)}${head.source === null ? '' : `, written at ${code(`${head.source.file}:${head.source.line}`)}`}`,
    `<details><summary>Both transcripts</summary>\n\nBefore:\n\n${transcriptOf(base)}\nNow:\n\n${transcriptOf(head)}\n</details>\n`,
  ].join('\n\n');
}

function transcriptOf({ transcript }: ComparedObservation): string {
  if (transcript === null) return 'There is none.\n';
  const lines = transcript.entries.map(({ at, kind, ...rest }) => `+${at} ms ${kind} ${JSON.stringify(rest)}`);
  return fenced('', clip(lines.join('\n'), TRANSCRIPT_CHARACTERS));
}
