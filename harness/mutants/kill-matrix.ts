import { linkTo, prose } from '../report/markdown/markdown-text.ts';
import { safe } from '../report/terminal/terminal-text.ts';
import { count, duration } from '../text/format.ts';
import { isAsMeant, type Result } from './mutant-result.ts';

/** What a cell shows: whether the mutant names the check, and whether the check sees it. */
const CELLS = [
  { sign: '●', means: 'named by the mutant, and sees it' },
  { sign: '○', means: 'named by the mutant, and does not see it' },
  { sign: '·', means: 'not named, and sees it, after a named one in the same scenario' },
  { sign: '!', means: 'not named, and sees it, in a scenario where nothing was to be seen' },
] as const;
type Sign = (typeof CELLS)[number]['sign'] | ' ';

/** The mutants of one release, and the checks across: those that any of them names, and those that see one unasked. */
type Matrix = { release: string; rows: readonly Result[]; checks: readonly string[] };

function matricesOf(results: readonly Result[]): Matrix[] {
  return [...Map.groupBy(results, ({ mutantBuild }) => mutantBuild.release)].map(([release, rows]) => {
    const named = rows.flatMap(({ mutantBuild }) => mutantBuild.trips);
    const unasked = rows.flatMap(({ fate }) =>
      fate.trips.filter(({ role }) => role === 'unrelated' || role === 'worse').map(({ check }) => check),
    );
    return { release, rows, checks: [...new Set([...named, ...unasked])].sort() };
  });
}

function signOf({ mutantBuild, fate }: Result, check: string): Sign {
  const trip = fate.trips.find((each) => each.check === check);
  if (mutantBuild.trips.includes(check)) return fate.missed.includes(check) || trip === undefined ? '○' : '●';
  if (trip === undefined) return ' ';
  return trip.role === 'unrelated' || trip.role === 'worse' ? '!' : '·';
}

/** How the mutants of a release fared, in one line. */
function sayMatrix({ release, rows }: Matrix): string {
  const fixes = rows.filter(({ mutantBuild }) => mutantBuild.mutant.fix !== undefined);
  const weakened = rows.filter((row) => !fixes.includes(row));
  const right = (those: readonly Result[]): number =>
    those.filter(({ fate }) => fate.kind === 'killed' || fate.kind === 'passed').length;
  const parts = [
    ...(weakened.length > 0 ? [`${right(weakened)} of ${count(weakened.length, 'weakened gateway')} killed`] : []),
    ...(fixes.length > 0 ? [`${right(fixes)} of ${count(fixes.length, 'fix', 'fixes')} passed`] : []),
  ];
  return `${release}: ${parts.join(', ')}`;
}

/** What is not as it was meant, one line each: checks that see nothing, and checks that see what nobody named. */
function faultsOf({ fate }: Result): string[] {
  return [
    ...(fate.why === null ? [] : [fate.why]),
    ...fate.missed.map((check) => `${check} does not see it`),
    ...fate.trips
      .filter(({ role }) => role === 'unrelated' || role === 'worse')
      .map(({ check, base, seen }) => `${check} sees it: ${base.seen} → ${seen.seen}`),
  ];
}

/** One line about a mutant, when it was played. */
export function describeMutantResult(result: Result, ms: number): string {
  const { mutantBuild, fate } = result;
  const named = mutantBuild.trips.length - fate.missed.length;
  const numbers = fate.kind === 'broken' ? '' : `, ${named} of ${count(mutantBuild.trips.length, 'named check')}`;
  const lines = [
    `${fate.kind.padEnd(14)} ${mutantBuild.mutant.id} on ${mutantBuild.release}${numbers}, ${duration(ms)}`,
    ...(isAsMeant(fate) ? [] : faultsOf(result).map((fault) => `  ${safe(fault)}`)),
  ];
  return lines.join('\n');
}

/** The kill matrix for a terminal: mutants down, checks across by their numbers in the file. */
export function describeKillMatrix(results: readonly Result[]): string {
  const blocks = matricesOf(results).map((matrix) => {
    const { rows, checks } = matrix;
    const width = Math.max(...rows.map(({ mutantBuild }) => mutantBuild.mutant.id.length));
    const digit = (place: number): string => checks.map((_, index) => digitOf(index + 1, place)).join('');
    const header = checks.length > 9 ? [digit(10), digit(1)] : [digit(1)];
    const body = rows.map(
      (row) =>
        `${row.mutantBuild.mutant.id.padEnd(width)} ${checks.map((check) => signOf(row, check)).join('')} ${row.fate.kind}`,
    );
    return ['', sayMatrix(matrix), ...header.map((line) => `${' '.repeat(width)} ${line}`), ...body].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

/** Tens are written where they change. */
function digitOf(number: number, place: number): string {
  const digit = `${Math.floor(number / place) % 10}`;
  return place === 1 || number % 10 === 0 ? digit : ' ';
}

/** The kill matrix as Markdown: mutants down, checks across, and first what survived. */
export function renderKillMatrix(results: readonly Result[]): string {
  const faults = results.filter(({ fate }) => !isAsMeant(fate));
  const holes = results.filter(({ fate }) => fate.kind === 'known hole');
  return [
    '# Kill matrix',
    'Gateways that are wrong on purpose, made from published packages by changing a few names in a copy. They exist in no release, and say nothing about one: they show which checks of this suite see which weakness. Fixes must pass.',
    matricesOf(results)
      .map((matrix) => `- ${prose(sayMatrix(matrix))}`)
      .join('\n'),
    '## Not as meant',
    faults.length === 0 ? 'None.' : faults.map(faultEntry).join('\n'),
    ...(holes.length === 0 ? [] : ['## Known holes', holes.map(faultEntry).join('\n')]),
    ...matricesOf(results).map(matrixSection),
    '## What each does',
    table(
      ['mutant', 'area', 'what this gateway does otherwise'],
      [...new Set(results.map(({ mutantBuild }) => mutantBuild.mutant))].map(({ id, area, says, fix }) => [
        prose(id),
        prose(area),
        fix === undefined ? prose(says) : `${prose(says)} (${linkTo(fix)})`,
      ]),
    ),
    '',
  ].join('\n\n');
}

function faultEntry(result: Result): string {
  const { mutantBuild, fate } = result;
  const lines = faultsOf(result).map((fault) => `  - ${prose(fault)}`);
  return [`- ${prose(`${mutantBuild.mutant.id} on ${mutantBuild.release}`)}: ${fate.kind}`, ...lines].join('\n');
}

function matrixSection({ release, rows, checks }: Matrix): string {
  const more = (row: Result): string => {
    const unseen = row.fate.trips.filter(({ check }) => !checks.includes(check)).length;
    return unseen === 0 ? '' : `${unseen}`;
  };
  return [
    `## ${prose(release)}`,
    CELLS.map(({ sign, means }) => `\`${sign}\` ${means}`).join('; '),
    table(
      ['mutant', 'fate', ...checks.map((_, index) => `${index + 1}`), 'more that follow'],
      rows.map((row) => [
        prose(row.mutantBuild.mutant.id),
        row.fate.kind,
        ...checks.map((check) => signOf(row, check)),
        more(row),
      ]),
    ),
    checks.map((check, index) => `${index + 1}. ${prose(check)}`).join('\n'),
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
