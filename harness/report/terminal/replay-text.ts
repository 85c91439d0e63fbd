import { inspect } from 'node:util';
import type { CheckResult, Report, TableCell } from '../../results/report.ts';
import { duration } from '../../text/format.ts';
import { observationFacts } from '../observation-facts.ts';
import { PROBE_TITLES } from '../probe-titles.ts';
import { type Transcript, textOfEntry, wordsOfEntry } from '../transcript-entry.ts';
import { VERDICT_LABELS } from '../verdict-labels.ts';
import { beside } from './beside.ts';
import { fitTo, safe } from './terminal-text.ts';

/** What a replay shows in full: checks, or the probes of a cell (one of them, or all if `probe` is null). */
export type Focus = { kind: 'checks'; ids: readonly string[] } | { kind: 'cell'; id: string; probe: string | null };

type Block = readonly string[];

/** What the replay shows of one step on one gateway. */
type Evidence = Pick<CheckResult, 'transcript' | 'observation' | 'logLines' | 'pairingList'>;

/** The widest that a frame is laid out, and how far it is indented, in characters. A frame that is shorter is one line. */
const FRAME_COLUMNS = 100;
const FRAME_INDENT = 6;
const LABEL_COLUMNS = 22;
/** What a check that is not in focus expects, in characters. */
const EXPECTED_CHARACTERS = 80;

/**
 * All that a replay showed, as text for a terminal of `columns` characters: what was sent and received with times, the observation with the
 * pairing list and the log, and the verdict. Several gateways stand beside each other. Checks of the run that are not in focus are one line each.
 */
export function replayText(report: Report, focus: Focus, columns: number): string {
  const gateways = report.subjects.map(({ reference }) => reference);
  if (gateways.length === 0) return '\nNothing was played.';
  const steps = focus.kind === 'cell' ? probesIn(report, focus, gateways) : checksIn(report, focus.ids, gateways);
  const frameColumns = Math.min(FRAME_COLUMNS, Math.floor(columns / gateways.length) - 2 * FRAME_INDENT);
  const isShown = ({ id }: CheckResult): boolean => focus.kind === 'checks' && focus.ids.includes(id);
  const others = report.checks.filter((check) => !isShown(check));
  return [
    ...steps.flatMap(({ title, sides }) => [
      '',
      `── ${title} ──`,
      ...sectionsOf(sides, frameColumns).flatMap((blocks) => ['', ...beside(blocks, columns)]),
    ]),
    ...(others.length === 0 ? [] : ['', 'Other checks of this replay', ...others.map(checkLine)]),
  ].join('\n');
}

/** A step on one gateway: its evidence with the lines of its verdict, or why the report has none. */
type Side = { gateway: string } & ({ evidence: Evidence; verdict: Block } | { missing: string });

/** A step in focus, on each gateway. */
type Step = { title: string; sides: Side[] };

const MISSING = { missing: 'the report lacks it' };

const from = (vantage: string | null | undefined): string => (vantage == null ? '' : `, from ${vantage}`);

function checksIn({ checks }: Report, ids: readonly string[], gateways: readonly string[]): Step[] {
  return ids.map((id) => {
    const found = checks.filter((check) => check.id === id);
    return {
      title: `${id}${from(found[0]?.vantage)}`,
      sides: gateways.map((gateway) => {
        const evidence = found.find((check) => check.gateway === gateway);
        return { gateway, ...(evidence === undefined ? MISSING : { evidence, verdict: ruling(evidence) }) };
      }),
    };
  });
}

function probesIn({ table }: Report, focus: Extract<Focus, { kind: 'cell' }>, gateways: readonly string[]): Step[] {
  const cells = table.filter(({ id }) => id === focus.id);
  const names = focus.probe === null ? Object.keys(PROBE_TITLES) : [focus.probe];
  return names.map((name) => {
    const looksOf = ({ looks }: TableCell): TableCell['looks'] => looks.filter(({ look }) => look === name);
    return {
      title: `${PROBE_TITLES[name] ?? name} (${focus.id}/${name})${from(cells.flatMap(looksOf)[0]?.vantage)}`,
      sides: gateways.map((gateway) => {
        const cell = cells.find((each) => each.gateway === gateway);
        const [evidence] = cell === undefined ? [] : looksOf(cell);
        if (evidence !== undefined) return { gateway, evidence, verdict: [] };
        return { gateway, missing: cell?.unreached ?? MISSING.missing };
      }),
    };
  });
}

/** The sections of a step, each with a block for each gateway. */
function sectionsOf(sides: readonly Side[], frameColumns: number): Block[][] {
  const each = (part: (evidence: Evidence) => Block): Block[] =>
    sides.map((side) => ('missing' in side ? [] : part(side.evidence)));
  return [
    sides.map((side) => [`on ${side.gateway}${'missing' in side ? `: ${side.missing}` : ''}`]),
    each(({ transcript }) => frames(transcript, frameColumns)),
    each(facts),
    sides.map((side) => ('missing' in side ? [] : side.verdict)),
  ].filter((blocks) => blocks.some(({ length }) => length > 0));
}

/** The content of a frame that is JSON, as compact as `columns` characters allow. */
const compact = (json: unknown, columns: number): string =>
  inspect(json, { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: columns, compact: 4 });

const indented = (text: string, by: number): string[] => text.split('\n').map((line) => `${' '.repeat(by)}${line}`);

function frames(transcript: Transcript | null, columns: number): Block {
  if (transcript === null) return ['  no transcript'];
  return [
    `  ${transcript.url}, ${transcript.startedAt}`,
    ...transcript.entries.flatMap((entry) => {
      const { sign, words } = wordsOfEntry(entry);
      const text = textOfEntry(entry, (json) => compact(json, columns));
      return [`  ${sign} ${words}, +${entry.at.toFixed(1)} ms`, ...(text === '' ? [] : indented(text, FRAME_INDENT))];
    }),
  ];
}

function facts({ observation, pairingList, logLines }: Evidence): Block {
  if (observation === null) return [];
  const rows = observationFacts(observation, pairingList).filter(([, text]) => text !== '');
  const shown = rows.map(([, text]) => text);
  const isUnread = observation.outcome !== undefined && observation.audit === undefined;
  const lines = isUnread
    ? ['not read whole, so nothing is known of its lines about this knock', ...logLines]
    : logLines;
  const rest = lines.filter((line) => !shown.includes(line)).map((line): [string, string] => ['log', line]);
  return [...rows, ...rest].flatMap(([label, text]) => labelled(label, text));
}

/** A row with a label; further lines of its text stand below the first. */
function labelled(label: string, text: string): string[] {
  const [first = '', ...rest] = text.split('\n');
  return [`  ${label.padEnd(LABEL_COLUMNS)} ${first}`, ...rest.map((line) => `  ${''.padEnd(LABEL_COLUMNS)} ${line}`)];
}

function ruling({ verdict, expected, seen, differences, because, source, durationMs }: CheckResult): Block {
  const { icon, word } = VERDICT_LABELS[verdict];
  const { file, line, column } = source;
  const rows: [string, string][] = [
    ['expected', expected],
    ['seen', seen],
    ...differences.map((text): [string, string] => ['differs', text]),
    ...(because === null ? [] : [['because', because] satisfies [string, string]]),
    ['declared at', `${file}:${line}:${column}`],
    ['verdict', `${icon} ${word}, after ${duration(durationMs)}`],
  ];
  return rows.flatMap(([label, text]) => labelled(label, text));
}

/** A check that is not in focus, in one line: only the beginning of what it expects. */
function checkLine({ id, gateway, verdict, expected }: CheckResult): string {
  const { icon, word } = VERDICT_LABELS[verdict];
  return `  ${icon} ${word.padEnd(15)} ${id} on ${safe(gateway)}: ${fitTo(EXPECTED_CHARACTERS, safe(expected))}`;
}
