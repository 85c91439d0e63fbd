import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './root.ts';

/**
 * Each folder of harness/ with the folders that its files may import. A folder may import only folders of rows above its own, so that there
 * are no cycles. `.` is harness/ itself. Tests and fixtures may import any file.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '.': [],
  setup: [],
  text: [],
  scenario: ['.', 'text'],
  properties: [],
  judge: ['.', 'scenario'],
  results: ['.', 'text', 'scenario', 'judge'],
  report: ['.', 'text', 'scenario', 'properties', 'judge', 'results'],
  lane: ['.', 'text', 'judge', 'results'],
  client: ['.', 'text', 'scenario'],
  redaction: ['scenario', 'results', 'client'],
  paste: ['.', 'text', 'scenario', 'client', 'redaction'],
  gateway: ['.', 'setup', 'text', 'scenario', 'client', 'redaction'],
  play: ['.', 'text', 'scenario', 'client', 'redaction', 'gateway'],
  stateful: ['.', 'scenario', 'properties', 'report', 'redaction', 'gateway', 'play'],
  pairwise: ['.', 'scenario', 'properties', 'judge', 'results', 'client', 'gateway', 'play'],
  survey: ['.', 'text', 'scenario', 'properties', 'results', 'report', 'redaction', 'gateway'],
  rights: [
    '.',
    'text',
    'scenario',
    'properties',
    'results',
    'report',
    'client',
    'redaction',
    'gateway',
    'play',
    'survey',
  ],
  routes: ['.', 'text', 'scenario', 'properties', 'report', 'client', 'redaction', 'gateway', 'survey'],
  events: [...['.', 'text', 'scenario', 'properties', 'report', 'client', 'redaction', 'gateway', 'survey', 'rights']],
  settings: [...['.', 'text', 'scenario', 'properties', 'judge', 'report', 'client', 'gateway', 'survey']],
  suite: [
    '.',
    'scenario',
    'properties',
    'judge',
    'results',
    'report',
    'client',
    'redaction',
    'gateway',
    'play',
    'pairwise',
    'survey',
    'rights',
    'routes',
    'events',
    'settings',
  ],
  compare: [
    ...['.', 'text', 'scenario', 'properties', 'judge', 'results', 'report', 'gateway', 'pairwise', 'survey', 'suite'],
  ],
  release: ['.', 'text', 'scenario', 'judge', 'results', 'report', 'gateway', 'pairwise', 'suite', 'compare'],
  merge: ['.', 'text', 'scenario', 'judge', 'results', 'pairwise', 'suite', 'compare'],
  repro: ['.', 'text', 'scenario', 'results', 'report', 'paste', 'gateway', 'suite'],
  mutants: [
    ...['.', 'text', 'scenario', 'judge', 'results', 'report', 'redaction', 'gateway', 'play', 'pairwise'],
    ...['survey', 'rights', 'routes', 'events', 'settings', 'suite', 'compare'],
  ],
  bench: ['.', 'scenario', 'report', 'client', 'redaction', 'gateway'],
  cli: [
    ...[
      '.',
      'text',
      'scenario',
      'properties',
      'judge',
      'results',
      'report',
      'lane',
      'paste',
      'repro',
      'gateway',
      'stateful',
      'pairwise',
      'survey',
      'rights',
      'routes',
      'events',
      'settings',
      'suite',
      'compare',
      'release',
      'merge',
      'mutants',
    ],
  ],
  packaging: ['.'],
  'stub-gateway': [],
  repository: [],
};

/** Folders within a folder, with those of the same folder that their files may import, in the same way. */
const WITHIN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  scenario: {
    releases: [],
    schema: ['releases'],
    catalogue: ['releases', 'schema'],
    lists: ['releases', 'schema', 'catalogue'],
  },
  gateway: {
    network: [],
    engine: [],
    source: ['engine'],
    image: ['engine', 'source'],
    home: ['network', 'image'],
    log: ['engine'],
    container: ['network', 'engine', 'home', 'log'],
    pairing: ['log'],
    stage: ['network', 'engine', 'source', 'image', 'home', 'log', 'container', 'pairing'],
  },
};

type Import = { file: string; line: number; target: string };

/** The relative imports of a source text, static and by `import()`. `file` is the path of the source below harness/, as targets are. */
function importsIn(file: string, text: string): Import[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map(({ 1: specifier = '', index }) => ({
    file,
    line: text.slice(0, index).split('\n').length,
    target: path.posix.join(path.posix.dirname(file), specifier),
  }));
}

const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '.');

const isTest = (file: string): boolean => /\.(test|fixture)\.ts$/.test(file);

/** The imports that are not allowed, one line each; empty if all are allowed. */
function faultsIn(imports: readonly Import[]): string[] {
  return imports.flatMap(({ file, line, target }) => {
    const [from, to] = [folderOf(file), folderOf(target)];
    const where = `harness/${file}:${line} imports harness/${target}`;
    if (isTest(target)) return [`${where}: only tests and fixtures may import those`];
    const allowed = MAY_IMPORT[from] ?? [];
    if (from === to || allowed.includes(to)) return [];
    const names = allowed.map((folder) => (folder === '.' ? 'harness/*.ts' : `${folder}/`)).join(', ');
    return [`${where}: ${from === '.' ? 'harness/*.ts' : `${from}/`} may import ${names === '' ? 'nothing' : names}`];
  });
}

/** The first cycle of imports, as the list of its files; empty if there is none. */
function circleIn(imports: readonly Import[]): string[] {
  const targets = Map.groupBy(imports, ({ file }) => file);
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { target } of targets.get(file) ?? []) {
      const circle = walk(target, [...way, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of targets.keys()) {
    const circle = walk(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

const files = globSync('**/*.{ts,mjs}', { cwd: path.join(ROOT, 'harness') });
const every = files.flatMap((file) => importsIn(file, readFileSync(path.join(ROOT, 'harness', file), 'utf8')));
const ours = every.filter(({ file }) => !isTest(file));

describe('reading imports', () => {
  const text =
    "import { a } from '../judge/a.ts';\nimport './b.ts';\nconst c = await import('../cli/c.ts');\nimport 'zod';\n";
  test('finds each relative import, with its line and target', () => {
    expect(importsIn('play/x.ts', text)).toEqual([
      { file: 'play/x.ts', line: 1, target: 'judge/a.ts' },
      { file: 'play/x.ts', line: 2, target: 'play/b.ts' },
      { file: 'play/x.ts', line: 3, target: 'cli/c.ts' },
    ]);
  });
  test('names an import that is not allowed, with the allowed folders', () => {
    expect(faultsIn(importsIn('play/x.ts', text))).toEqual([
      'harness/play/x.ts:1 imports harness/judge/a.ts: play/ may import harness/*.ts, text/, scenario/, client/, redaction/, gateway/',
      'harness/play/x.ts:3 imports harness/cli/c.ts: play/ may import harness/*.ts, text/, scenario/, client/, redaction/, gateway/',
    ]);
    expect(faultsIn([{ file: 'play/x.ts', line: 4, target: 'play/y.fixture.ts' }])).toEqual([
      'harness/play/x.ts:4 imports harness/play/y.fixture.ts: only tests and fixtures may import those',
    ]);
  });
  test('finds a cycle', () => {
    const [one, two, three] = ['a.ts', 'b.ts', 'c.ts'];
    const between = (file = '', target = ''): Import => ({ file, line: 1, target });
    expect(circleIn([between(one, two), between(two, three), between(three, two)])).toEqual([two, three, two]);
    expect(circleIn([between(one, two), between(two, three), between(one, three)])).toEqual([]);
  });
});

test('every folder has a row, and each row allows only rows above it', () => {
  const rows = Object.keys(MAY_IMPORT);
  expect([...new Set(files.map(folderOf))].sort()).toEqual(rows.toSorted());
  const upward = Object.entries(MAY_IMPORT).flatMap(([from, to]) =>
    to.filter((folder) => rows.indexOf(folder) >= rows.indexOf(from)).map((folder) => `${from} → ${folder}`),
  );
  expect(upward).toEqual([]);
});

test('docs/architecture.md has the folders of this table in its order', () => {
  const text = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
  const section = text.slice(text.indexOf('## Who may import whom'), text.indexOf('## Where to begin'));
  const rows = [...section.matchAll(/^\| `([\w-]+)` /gm)].map(([, folder]) => folder);
  expect(rows).toEqual(Object.keys(MAY_IMPORT).filter((folder) => folder !== '.'));
});

test('stub-gateway/ and repository/ have only tests and fixtures', () => {
  const forTests = files.filter((file) => ['stub-gateway', 'repository'].includes(folderOf(file)));
  expect(forTests.filter((file) => !isTest(file))).toEqual([]);
});

test('every import is allowed', () => {
  expect(faultsIn(ours)).toEqual([]);
});

test('every allowed folder is imported by some file', () => {
  const used = new Set(ours.map(({ file, target }) => `${folderOf(file)} → ${folderOf(target)}`));
  const unused = Object.entries(MAY_IMPORT).flatMap(([from, to]) =>
    to.map((folder) => `${from} → ${folder}`).filter((right) => !used.has(right)),
  );
  expect(unused).toEqual([]);
});

test.each(Object.entries(WITHIN))(
  'the folders of %s/ import what their table allows, and all of it',
  (folder, table) => {
    const partOf = (file: string): string | undefined => new RegExp(`^${folder}/(\\w+)/`).exec(file)?.[1];
    const between = ours.flatMap(({ file, target }) => {
      const [from, to] = [partOf(file), partOf(target)];
      return from === undefined || to === undefined || from === to ? [] : [`${from} → ${to}`];
    });
    const allowed = Object.entries(table).flatMap(([from, to]) => to.map((each) => `${from} → ${each}`));
    expect([...new Set(between)].sort()).toEqual(allowed.sort());
  },
);

test.each(Object.entries(WITHIN))('docs/architecture.md has the folders of %s/ in their order', (folder, table) => {
  const text = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
  const rows = [...text.matchAll(new RegExp(`^\\| \`${folder}/(\\w+)\` `, 'gm'))].map(([, part]) => part);
  expect(rows).toEqual(Object.keys(table));
});

test('there is no cycle of imports', () => {
  expect(circleIn(every)).toEqual([]);
});

/** Tests of more than one source file, or of files that are not source. */
const OF_A_WHOLE = ['layers', 'lint', 'module-state', 'gateway/stage/bounds'];

test('each test stands beside a source file, whose name begins its own', () => {
  const sources = new Set(files.filter((file) => !isTest(file)).map((file) => file.replace(/\.m?[jt]s$/, '')));
  const alone = files
    .filter((file) => file.endsWith('.test.ts') && folderOf(file) !== 'repository')
    .map((file) => file.replace(/(\.[\w-]+)?\.test\.ts$/, ''))
    .filter((subject) => !sources.has(subject));
  expect(alone.sort()).toEqual(OF_A_WHOLE.toSorted());
});
