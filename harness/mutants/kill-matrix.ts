import { linkTo, prose } from '../report/markdown/markdown-text.ts';
import { safe } from '../report/terminal/terminal-text.ts';
import { count, duration } from '../text/format.ts';
import { isIntended, type Result } from './mutant-result.ts';

/** The signs of a cell: whether the mutant names the check, and whether the check notices the mutant. */
const CELLS = [
  { sign: '●', means: 'the mutant names the check, and the check notices the mutant' },
  { sign: '○', means: 'the mutant names the check, and the check does not notice the mutant' },
  { sign: '·', means: 'the check is not named, and notices the mutant, in a scenario with a named check' },
  { sign: '!', means: 'the check is not named, and notices the mutant, in a scenario without a named check' },
] as const;
type Sign = (typeof CELLS)[number]['sign'] | ' ';

/** The rows (mutants of one release) and columns (checks that a mutant names, or that notice one without being named). */
type Matrix = { release: string; rows: readonly Result[]; checks: readonly string[] };

function matricesOf(results: readonly Result[]): Matrix[] {
  return [...Map.groupBy(results, ({ mutantBuild }) => mutantBuild.release)].map(([release, rows]) => {
    const named = rows.flatMap(({ mutantBuild }) => mutantBuild.expectedKills);
    const unasked = rows.flatMap(({ fate }) =>
      fate.noticed.filter(({ role }) => role === 'unrelated' || role === 'worse').map(({ check }) => check),
    );
    return { release, rows, checks: [...new Set([...named, ...unasked])].sort() };
  });
}

function signOf({ mutantBuild, fate }: Result, check: string): Sign {
  const notice = fate.noticed.find((each) => each.check === check);
  if (mutantBuild.expectedKills.includes(check)) return fate.missed.includes(check) || notice === undefined ? '○' : '●';
  if (notice === undefined) return ' ';
  return notice.role === 'unrelated' || notice.role === 'worse' ? '!' : '·';
}

/** The counts of killed mutants and passed fixes of a release, as one line. */
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

/** The faults of a result, one line each: named checks that do not notice the mutant, and checks that notice it without being named. */
function faultsOf({ fate }: Result): string[] {
  return [
    ...(fate.why === null ? [] : [fate.why]),
    ...fate.missed.map((check) => `${check} does not notice it`),
    ...fate.noticed
      .filter(({ role }) => role === 'unrelated' || role === 'worse')
      .map(({ check, base, seen }) => `${check} notices it: ${base.seen} → ${seen.seen}`),
  ];
}

/** The result of a mutant as one line, with one more line for each fault. `ms`: how long it took, in milliseconds. */
export function describeMutantResult(result: Result, ms: number): string {
  const { mutantBuild, fate } = result;
  const named = mutantBuild.expectedKills.length - fate.missed.length;
  const numbers =
    fate.kind === 'broken' ? '' : `, ${named} of ${count(mutantBuild.expectedKills.length, 'named check')}`;
  const lines = [
    `${fate.kind.padEnd(14)} ${mutantBuild.mutant.id} on ${mutantBuild.release}${numbers}, ${duration(ms)}`,
    ...(isIntended(fate) ? [] : faultsOf(result).map((fault) => `  ${safe(fault)}`)),
  ];
  return lines.join('\n');
}

/** The kill matrix for a terminal: one row for each mutant, one column for each check, by its number in the Markdown file. */
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

/** The digit of a column number; the tens digit only at multiples of ten, else a space. */
function digitOf(number: number, place: number): string {
  const digit = `${Math.floor(number / place) % 10}`;
  return place === 1 || number % 10 === 0 ? digit : ' ';
}

/**
 * The kill matrix as Markdown: first the faults and known holes, then for each release one row for each mutant and one column for each
 * check.
 */
export function renderKillMatrix(results: readonly Result[]): string {
  const faults = results.filter(({ fate }) => !isIntended(fate));
  const holes = results.filter(({ fate }) => fate.kind === 'known hole');
  return [
    '# Kill matrix',
    'Mutants are gateways that are weakened or fixed on purpose. Each is a copy of a published package with one change. Mutants exist in no release and say nothing about one. The matrix shows which checks of this suite notice which weakness. Fixes must pass.',
    matricesOf(results)
      .map((matrix) => `- ${prose(sayMatrix(matrix))}`)
      .join('\n'),
    '## Not as meant',
    faults.length === 0 ? 'None.' : faults.map(faultEntry).join('\n'),
    ...(holes.length === 0 ? [] : ['## Known holes', holes.map(faultEntry).join('\n')]),
    ...matricesOf(results).map(matrixSection),
    '## The mutants',
    table(
      ['mutant', 'area', 'changed behaviour'],
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
    const unseen = row.fate.noticed.filter(({ check }) => !checks.includes(check)).length;
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
