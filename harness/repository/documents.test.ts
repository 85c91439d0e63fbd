import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tables } from '../cli/generated-tables.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { VERDICTS, worst } from '../judge/verdict.ts';
import { MUTANTS } from '../mutants/all-mutants.ts';
import { HARM_TITLES } from '../report/comparison/finding-words.ts';
import { EXIT_MEANING } from '../report/headline.ts';
import { VERDICT_LABELS } from '../report/verdict-labels.ts';
import { ROOT } from '../root.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { WRITTEN_KINDS } from '../scenario/schema/written-scenario.ts';
import {
  anchorsOf,
  columnUnder,
  sectionUnder,
  tableUnder,
  trackedFiles,
  withoutBlocks,
  wordsIn,
} from './documents.fixture.ts';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const manifest: { scripts: Record<string, string>; dependencies: Record<string, string> } = JSON.parse(
  read('package.json'),
);
const TRACKED = trackedFiles();
const TABLES = tables(CATALOGUE);
const GENERATED = Object.keys(TABLES);
/** Every document that is not generated. */
const WRITTEN = TRACKED.filter((file) => file.endsWith('.md') && !GENERATED.includes(file));

test('the README has the same exit codes as the code', () => {
  const rows = tableUnder(read('README.md'), '## Verdicts and exit codes');
  expect(Object.fromEntries(rows)).toEqual(EXIT_MEANING);
});

test('the README names every verdict', () => {
  const section = sectionUnder(read('README.md'), '## Verdicts and exit codes');
  const named = section.trim().split('\n')[0]?.split(' · ') ?? [];
  expect(named.sort()).toEqual(VERDICTS.map((verdict) => VERDICT_LABELS[verdict].word).sort());
});

test('the README has one row for each dependency', () => {
  const names = columnUnder(read('README.md'), '## Dependencies, and why each').flatMap(wordsIn);
  expect(names.sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test('every npm command in the documents exists', () => {
  const documents = WRITTEN.map(read).join('\n');
  const used = [...documents.matchAll(/npm (?:run (?:-s )?([\w:]+)|(start|test)\b)/g)].map(
    ([, script, short]) => script ?? short ?? '',
  );
  expect([...new Set(used)].filter((name) => !(name in manifest.scripts))).toEqual([]);
  expect(used.length).toBeGreaterThan(4);
});

test('the scenario in CONTRIBUTING.md loads', () => {
  const yaml = /```yaml\n([\s\S]*?)```/.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  expect(loadScenario(yaml, 'scenarios/stale-scopes/example.yaml').checks.map(({ id }) => id)).toEqual([
    'stale-scopes/example/first-read',
    'stale-scopes/example/local-upgrade',
    'stale-scopes/example/remote-upgrade',
  ]);
});

test('CONTRIBUTING.md names every kind of step', () => {
  const named = columnUnder(read('CONTRIBUTING.md'), '## Kinds of step').flatMap(wordsIn);
  expect(named.sort()).toEqual([...WRITTEN_KINDS].sort());
});

test('the mutant in CONTRIBUTING.md is a mutant of the table, with one of its releases', () => {
  const code = /```ts\n([\s\S]*?)```/.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  const mutant = MUTANTS.find(({ id }) => code.includes(`id: '${id}'`));
  const keys = [...code.matchAll(/^ {2}(\w+):/gm)].map(([, key]) => key);
  expect(keys).toEqual(Object.keys(mutant ?? {}));
  for (const word of [mutant?.says, mutant?.area, ...(mutant?.expectedKills ?? [])])
    expect(code).toContain(`'${word}'`);
});

test('docs/triage.md has a row for every exit code', () => {
  const codes = columnUnder(read('docs/triage.md'), '# Triage: a run was red').map(Number);
  expect(codes).toEqual(Object.values(EXIT));
});

test('docs/triage.md gives the precedence of exit codes', () => {
  const [, list = ''] = /the first of ([\d, ]+) that applies/.exec(read('docs/triage.md')) ?? [];
  const isCode = (code: number): code is ExitCode => Object.values<number>(EXIT).includes(code);
  const order = list.split(', ').map(Number).filter(isCode);
  expect(order.map((_, index) => worst(order.slice(index).toReversed()))).toEqual(order);
  expect([...order, EXIT.holds].sort()).toEqual(Object.values(EXIT).sort());
});

test('docs/triage.md quotes the title of a finding that causes exit 4', () => {
  expect(read('docs/triage.md')).toContain(`"${HARM_TITLES['remote-admission']}"`);
});

test('the tables in results/ are up to date; to update them: npm run -s postern -- coverage --write', () => {
  expect(Object.fromEntries(GENERATED.map((file) => [file, read(file)]))).toEqual(TABLES);
});

test.each([...WRITTEN, ...GENERATED])('every file and heading that %s links to exists', (file) => {
  const broken = [...withoutBlocks(read(file)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    const [target = '', anchor] = link.split('#');
    const to = target === '' ? file : path.join(path.dirname(file), target);
    if (!existsSync(path.join(ROOT, to))) return [link];
    return anchor === undefined || !to.endsWith('.md') || hasAnchor(to, anchor) ? [] : [link];
  });
  expect(broken).toEqual([]);
});

test.each(WRITTEN)('every link of %s that shows the name of a file leads to that file', (file) => {
  const links = [...read(file).matchAll(/\[`([\w./-]+\.\w+)`\]\(([^)#]+)\)/g)];
  const wrong = links.filter(([, shown = '', link = '']) => !`/${link}`.endsWith(`/${shown}`));
  expect(wrong.map(([whole]) => whole)).toEqual([]);
});

/** Whether a document has an anchor: of a heading, or as an `id` attribute, which generated tables write. */
function hasAnchor(file: string, anchor: string): boolean {
  const text = read(file);
  return anchorsOf(text).has(anchor) || text.includes(`id="${anchor}"`);
}

/** Paths that only runs create. */
const MADE_BY_RUNS = ['reports/latest', 'reports/strength', 'reports/selftest'];

test.each(WRITTEN)('every path of the repository that %s names exists', (file) => {
  const tops = new Set(TRACKED.map((each) => each.split('/')[0]));
  const missing = wordsIn(withoutBlocks(read(file))).filter((word) => {
    const isPath = /^\.?[\w.-]+(\/[\w.-]*)+$/.test(word) && tops.has(word.split('/')[0]);
    return isPath && !MADE_BY_RUNS.some((made) => word.startsWith(made)) && !existsSync(path.join(ROOT, word));
  });
  expect(missing).toEqual([]);
});

/** Items of SECURITY.md by their first words, each with an option that one of the linked files must contain. */
const PROMISED: readonly [item: string, option: RegExp][] = [
  ['A running gateway', /no-new-privileges/],
  ['A running gateway', /PidsLimit/],
  ['Its network', /nft|iptables/],
  ['Published ports', /HostIp: '127\.0\.0\.1'/],
  ['What the browser says', /ws:\/\/127\.0\.0\.1:/],
  ['Time', /STEP_MS/],
  ['Disk', /size=/],
  ['What a run leaves behind', /postern\.run/],
];

test.each(PROMISED)('the code that SECURITY.md names for "%s" has %s', (item, option) => {
  const [, text = ''] = new RegExp(`^- \\*\\*${item}\\*\\*([\\s\\S]*?)(?=^- |^#)`, 'm').exec(read('SECURITY.md')) ?? [];
  const linked = [...text.matchAll(/\]\((harness\/[^)]+)\)/g)].flatMap(([, file]) => file ?? []);
  expect(linked.filter((file) => !file.endsWith('.test.ts')).some((file) => option.test(read(file)))).toBe(true);
});
