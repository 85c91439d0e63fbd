import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../root.ts';
import { EXAMPLE, exampleWith } from '../scenario/catalogue/example.fixture.ts';
import { postern } from '../suite/child.fixture.ts';
import { treeWith } from '../suite/tree.fixture.ts';

/** The command as a process: its output and its exit code. */

const COMMANDS = [
  'run',
  'matrix',
  'list',
  'lint',
  'explain',
  'repro',
  'gate',
  'merge',
  'diff',
  'release',
  'bisect',
  'model',
  'rights',
  'routes',
  'selftest',
  'coverage',
  'images',
  'doctor',
];

const MANIFEST = path.join(ROOT, 'package.json');

const NO_ENGINE = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

let place = '';
beforeAll(() => {
  place = mkdtempSync(path.join(tmpdir(), 'postern-cli-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const SECOND = exampleWith('id: stale-scopes/example', 'id: stale-scopes/second').replace(
  'affected:',
  'tags: [tagged]\naffected:',
);

describe('help', () => {
  test('of the program names every command and every exit code', async () => {
    const { code, stdout } = await postern(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(`\n  ${command} `);
    for (const exit of [0, 1, 2, 3, 4, 5, 130]) expect(stdout).toMatch(new RegExp(`\n *${exit}  \\S`));
  });

  test.each(COMMANDS)('of %s shows examples, and one default for each option', async (command) => {
    const { code, stdout } = await postern([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: postern ${command} `));
    expect(stdout).toMatch(new RegExp(`\nExamples?:\n  postern ${command}`));
    const options = (/\nOptions:\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '').split(/\n(?= {2}-)/);
    expect(options.filter((option) => [...option.matchAll(/default:/g)].length > 1 || option.includes('[]'))).toEqual(
      [],
    );
  });
});

test('--version prints the version in package.json', async () => {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(MANIFEST, 'utf8')));
  expect(await postern(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe('a wrong command line exits with 2 and a message', () => {
  test.each<[string[], string]>([
    [[], 'Usage: postern'],
    [['nope'], "unknown command 'nope'"],
    [['run', '--nope'], "unknown option '--nope'"],
    [['run', '--gateway'], "option '--gateway <reference>' argument missing"],
    [['list', 'extra'], 'too many arguments'],
    [['lint', 'nope.yaml'], 'nope.yaml cannot be read as a scenario: ENOENT'],
    [['run', 'identity'], 'identity cannot be read as a scenario: ENOENT'],
    [['list', '--class', 'nope'], '--class nope matches nothing'],
    [['list', '--tag', 'nope'], '--tag nope matches nothing'],
    [['list', '--only', 'nope'], '--only nope matches nothing'],
    [['run', '--only', 'nope'], '--only nope matches nothing'],
    [['run', '--only', 'dns-rebindng'], 'Did you mean host-header/dns-rebinding? `postern list'],
    [['run', '--only', 'boundary/table'], 'Add --table quick, and give --only boundary/table.'],
    [
      ['run', '--table', 'quick', '--only', 'boundary/table/strangers-wait'],
      'Give --only boundary/table, or play this check alone: postern replay boundary/table/strangers-wait.',
    ],
    [['replay', 'dns-rebindng'], 'Did you mean host-header/dns-rebinding? An id is that of a check'],
    [['replay', 'loopback+proxy'], 'loopback+proxy has two values of the dimension route: loopback and proxy'],
    [['replay', 'plain', '--path', '1:0'], '--path is given without --seed'],
    [['replay', 'boundary/table/knocks-made-up', '--seed', '1', '--path', 'x'], '--path x is not a path'],
    [['replay', 'plain', '--from', 'nowhere'], 'nowhere/report.json cannot be read'],
    [['matrix', '--class', 'proxy-header'], 'Did you mean proxy-headers? The classes are '],
    [['gate', '--base', '2026.4.1', '--head', '2026.4.2', '--tag', 'slo'], 'Did you mean slow? The tags are slow.'],
    [['explain', 'nope'], 'there is no check "nope"'],
    [['explain', 'table/strangers-wat'], 'Did you mean boundary/table/strangers-wait? `postern list --checks` lists'],
    [
      ['selftest', '--mutant', 'any-signatur'],
      'Did you mean any-signature? `postern selftest --list` lists every mutant.',
    ],
    [
      ['selftest', '--gateway', '2026.4.2'],
      'Did you mean 2026.4.1 or 2026.9.6? There are mutants of 2026.4.1 and 2026.9.6.',
    ],
    [
      ['selftest', '--rights', '--mutant', 'jobs-added-by-writer'],
      'Did you mean jobs-added-by-writers? `postern selftest --rights --list` lists every mutant.',
    ],
    [['selftest', '--routes', '--gateway', '2026.7.1-1'], 'There are mutants of 2026.4.1, 2026.7.1 and 2026.9.6.'],
    [['selftest', '--rights', '--smoke'], "option '--rights' cannot be used with option '--smoke'"],
    [['diff', 'nope', 'nope'], 'nope/report.json cannot be read'],
    [['diff', 'package.json', 'package.json'], 'package.json is not a report of this schema version'],
    [['images', '--prune', '--gateway', 'nonsense!'], '"nonsense!" is not a gateway reference'],
    [['model', '--path', '1@A:B'], '--path is given without --seed'],
    [['matrix', '--seed', 'nope'], 'Give a whole number, as a report shows it'],
    [['gate', '--head', '2026.4.1'], 'neither --base nor --base-report is given'],
    [['gate', '--head', '2026.4.1', '--seed', 'nope'], 'Give a whole number, as a report shows it'],
    [['model', '--seed', '1', '--path', '1'], '--path 1 is not a path'],
    [['model', '--runs', 'many'], 'Give a whole number'],
    [['run', '--seed', '1', '--shard', '5/4'], 'Give the number of the part and how many there are, as 2/4.'],
    [['run', '--shard', '2/4'], '--shard is given without --seed'],
    [['matrix', '--publish', '--seed', '1', '--shard', '1/2'], '--shard cannot be given with --publish or --edges'],
    [
      ['run', '--only', 'host-header/dns-rebinding', '--seed', '1', '--shard', '2/2'],
      '--shard 2/2 has nothing to play, because too few scenarios are selected',
    ],
    [['merge', 'nope'], 'nope/report.json cannot be read'],
    [['merge', '--base-digest', 'a'.repeat(64), 'nope'], '--base-digest is given without --base-report'],
    [
      ['gate', '--base', '2026.4.1', '--head', '2026.4.2', '--base-digest', 'a'.repeat(64)],
      '--base-digest is given without --base-report',
    ],
    [['run', '--gateway', 'nonsense!'], '"nonsense!" is not a gateway reference'],
    [['run', '--gateway', '2026.4.1', '--gateway', '2026.4.1'], '--gateway 2026.4.1 is given twice'],
    [['run', '--reports', '/dev/null/reports'], 'The report folder /dev/null/reports/'],
  ])('%j', async (argv, said) => {
    const { code, stdout, stderr } = await postern(argv, { env: NO_ENGINE });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  });
});

describe('with a catalogue of two scenarios', () => {
  let main = '';
  beforeAll(() => {
    main = treeWith(path.join(place, 'sound'), {
      'scenarios/stale-scopes/example.yaml': EXAMPLE,
      'scenarios/stale-scopes/second.yaml': SECOND,
    });
  });
  const listed = async (...argv: string[]) => (await postern(['list', ...argv], { main })).stdout;

  test('list prints scenarios and the releases they affect, and their checks with --checks', async () => {
    const TAGS = '  tags: tagged';
    const entry = (name: string, tags = '') =>
      `stale-scopes/${name}  [>=2026.3.31 <2026.8.1]${tags}\n    A device first paired for reading cannot write\n`;
    const checks = (name: string) =>
      ['first', 'upgrade', 'remote', 'approve.again'].map((check) => `      stale-scopes/${name}/${check}\n`).join('');
    expect(await listed()).toBe(`${entry('example')}${entry('second', TAGS)}\n2 scenarios, 8 checks\n`);
    const whole = await listed('--checks');
    expect(whole).toContain(
      `${entry('example')}${checks('example')}${entry('second', TAGS)}${checks('second')}boundary/table\n`,
    );
    expect(whole).toContain('\n      boundary/table/strangers-wait\n');
    expect(whole).toMatch(/\n\n2 scenarios, 8 checks, and \d+ checks of the decision table\n$/);
    expect(await listed('--checks', '--only', 'stale-scopes/example')).toBe(
      `${entry('example')}${checks('example')}\n1 scenarios, 4 checks\n`,
    );
  });

  test.each<[string[], string[]]>([
    [['--only', 'stale-scopes/second'], ['second']],
    [['--only', 'stale-scopes/second/first'], ['second']],
    [
      ['--only', 'stale-*'],
      ['example', 'second'],
    ],
    [['--tag', 'tagged'], ['second']],
    [
      ['--class', 'stale-scopes'],
      ['example', 'second'],
    ],
  ])('list %j selects %j', async (argv, names) => {
    const said = await listed(...argv);
    expect([...said.matchAll(/^stale-scopes\/(\S+)/gm)].map(([, name]) => name)).toEqual(names);
  });

  test('lint counts scenarios, checks, deviations and accepted weakenings', async () => {
    const { code, stdout } = await postern(['lint'], { main });
    expect([code, stdout]).toEqual([0, '2 scenarios, 8 checks, 0 deviations and 0 accepted weakenings are sound.\n']);
  });

  describe('with scenario files outside the catalogue', () => {
    const at = (name: string): string => path.join(place, 'elsewhere', name);
    beforeAll(() => {
      mkdirSync(path.join(place, 'elsewhere'));
      const mine = exampleWith('id: stale-scopes/example', 'id: stale-scopes/mine');
      writeFileSync(at('mine.yaml'), mine);
      writeFileSync(at('broken.yaml'), mine.replace('expect:', 'expct:'));
      writeFileSync(at('clash.yaml'), EXAMPLE);
    });

    test('lint validates only the given files, and names faults by the given path', async () => {
      const sound = await postern(['lint', at('mine.yaml')], { main });
      expect([sound.code, sound.stdout]).toEqual([0, '1 scenario and 4 checks are sound.\n']);
      const broken = await postern(['lint', at('broken.yaml')], { main });
      expect([broken.code, broken.stdout]).toEqual([2, '']);
      expect(broken.stderr).toContain(`${at('broken.yaml')}:14:5: unknown key "expct"\n`);
    });

    test.each([['lint'], ['run']])('%s refuses an id that the catalogue has, with both places', async (command) => {
      const { code, stderr } = await postern([command, at('clash.yaml')], { main, env: NO_ENGINE });
      expect(code).toBe(2);
      expect(stderr).toBe(
        `${at('clash.yaml')} and scenarios/stale-scopes/example.yaml both have the id "stale-scopes/example"\n\nGive one of them another id.\n`,
      );
    });

    test('run plays the given files instead of the catalogue, and reports the given path', async () => {
      const reports = path.join(place, 'elsewhere', 'reports');
      const argv = ['run', '--gateway', '2026.4.1', '--reports', reports, at('mine.yaml')];
      const { code, stdout } = await postern(argv, { main, env: NO_ENGINE });
      expect(code).toBe(3); // there is no engine
      expect(stdout).toContain('4 checks in 1 scenario on 2026.4.1');
      const text = readFileSync(path.join(reports, 'latest', 'report.json'), 'utf8');
      const shape = z.object({ scenarios: z.array(z.object({ id: z.string(), file: z.string() })) });
      expect(shape.parse(JSON.parse(text)).scenarios).toEqual([{ id: 'stale-scopes/mine', file: at('mine.yaml') }]);
    });
  });

  describe('with a folder of scenarios of a project', () => {
    const project = (): string => path.join(place, 'project');
    const inProject = (...argv: string[]) => postern(argv, { main, cwd: project(), env: NO_ENGINE });
    beforeAll(() => {
      for (const [file, text] of Object.entries({
        'own/stale-scopes/mine.yaml': exampleWith('id: stale-scopes/example\n', ''),
        'clash/stale-scopes/second.yaml': EXAMPLE.replace('id: stale-scopes/example\n', ''),
        'flat/mine.yaml': exampleWith('id: stale-scopes/example\n', ''),
        'alone.yaml': exampleWith('id: stale-scopes/example', 'id: stale-scopes/alone'),
      })) {
        mkdirSync(path.dirname(path.join(project(), file)), { recursive: true });
        writeFileSync(path.join(project(), file), text);
      }
      mkdirSync(path.join(project(), 'empty'));
    });

    test('list, lint and explain take them in addition to the catalogue', async () => {
      const { stdout } = await inProject('list', '--scenarios', './own');
      expect([...stdout.matchAll(/^stale-scopes\/(\S+)/gm)].map(([, name]) => name)).toEqual([
        'example',
        'mine',
        'second',
      ]);
      expect(await inProject('lint', '--scenarios', 'own')).toMatchObject({
        code: 0,
        stdout: '3 scenarios, 12 checks, 0 deviations and 0 accepted weakenings are sound.\n',
      });
      const explained = await inProject('explain', '--scenarios', './own', 'stale-scopes/mine/upgrade');
      expect(explained.stdout).toContain('written in  own/stale-scopes/mine.yaml:14:5\n');
      expect(explained.stdout).toContain(
        'repeat      npx postern replay stale-scopes/mine/upgrade --file own/stale-scopes/mine.yaml\n',
      );
    });

    test('run plays those that are selected, and reports the path of each', async () => {
      const argv = ['--gateway', '2026.4.1', '--scenarios', './own', '--only', 'stale-scopes/mine'];
      const { code, stdout } = await inProject('run', ...argv);
      expect(code).toBe(3); // there is no engine
      expect(stdout).toContain('4 checks in 1 scenario on 2026.4.1');
      const shape = z.object({ scenarios: z.array(z.object({ id: z.string(), file: z.string() })) });
      const text = readFileSync(path.join(project(), 'reports', 'latest', 'report.json'), 'utf8');
      expect(shape.parse(JSON.parse(text)).scenarios).toEqual([
        { id: 'stale-scopes/mine', file: 'own/stale-scopes/mine.yaml' },
      ]);
    });

    test.each<[string, string[], string]>([
      [
        'an id that the catalogue has',
        ['list', '--scenarios', 'clash'],
        'clash/stale-scopes/second.yaml and scenarios/stale-scopes/second.yaml both have the id "stale-scopes/second"\n\nGive one of them another id.\n',
      ],
      [
        'a folder without scenarios',
        ['list', '--scenarios', 'empty'],
        'there is no scenario in empty\n\nPut scenarios in',
      ],
      ['a file in no folder of a class', ['list', '--scenarios', 'flat'], 'flat/mine.yaml:'],
      [
        'files as well',
        ['lint', '--scenarios', 'own', 'alone.yaml'],
        'scenario files and --scenarios cannot both be given',
      ],
      ['publication', ['matrix', '--publish', '--scenarios', 'own'], 'only results of the catalogue are published'],
    ])('%s is refused', async (_, argv, said) => {
      const { code, stdout, stderr } = await inProject(...argv);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(said);
    });
  });

  test('explain prints what a check expects, what users saw, and how to repeat it', async () => {
    const { code, stdout } = await postern(['explain', 'stale-scopes/example/upgrade'], { main });
    expect(code).toBe(0);
    expect(stdout).toContain('written in  scenarios/stale-scopes/example.yaml:15:5\n');
    expect(stdout).toContain('symptom     refused with 1008, pairing-required (scope-upgrade)\n');
    expect(stdout).toContain('repeat      npx postern replay stale-scopes/example/upgrade\n');
  });

  test('explain prints a check of the decision table', async () => {
    const { code, stdout } = await postern(['explain', 'boundary/table/strangers-wait'], { main });
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'check       boundary/table/strangers-wait',
        'expected    The gateway pairs a remote device only after an operator has approved it. Except on >=2026.4.7: The gateway takes a page of the Control UI for local if it shows the shared secret and was opened at a loopback name.',
        'source      "Device pairing remains manual by default." (docs/channels/pairing.md, 2026.9.6)',
        'source      "Direct Tailnet binds and LAN browser connects still require explicit approval." (docs/web/control-ui/connect-and-pair.md, 2026.9.6)',
        'releases    >=2026.2.25',
        'level       must, blocks a release',
        'written in  harness/pairwise/approval-properties.ts',
        'repeat      npx postern replay boundary/table/strangers-wait',
        '',
      ].join('\n'),
    );
  });
});

describe('with one invalid scenario in the catalogue', () => {
  let main = '';
  beforeAll(() => {
    main = treeWith(path.join(place, 'broken'), {
      'scenarios/stale-scopes/example.yaml': EXAMPLE,
      'scenarios/stale-scopes/second.yaml': SECOND.replace('expect:', 'expct:'),
    });
  });

  test.each([['lint'], ['list'], ['run'], ['matrix']])('%s refuses to start, and shows the line', async (command) => {
    const { code, stdout, stderr } = await postern([command], { main, env: NO_ENGINE });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('scenarios/stale-scopes/second.yaml:15:5: unknown key "expct"\n    15 |     expct:');
  });
});

test('a list of deviations that cannot be read stops a run before it begins', async () => {
  const main = treeWith(path.join(place, 'deviations'), {
    'scenarios/stale-scopes/example.yaml': EXAMPLE,
    'scenarios/deviations.yaml': '- check: stale-scopes/example/nope\n',
  });
  const { code, stderr } = await postern(['run'], { main, env: NO_ENGINE });
  expect(code).toBe(2);
  expect(stderr).toContain('scenarios/deviations.yaml:1:');
});

describe('without an engine', () => {
  test('doctor names the socket that it tried and what to do', async () => {
    const { code, stderr } = await postern(['doctor'], { env: NO_ENGINE });
    expect(code).toBe(3);
    expect(stderr).toContain('No container engine answers. Tried unix:///nowhere/docker.sock (no such file).');
    expect(stderr).toContain('Let DOCKER_HOST name a Docker engine that runs, or unset it');
  });

  test('model exits with 3', async () => {
    const { code, stderr } = await postern(['model', '--gateway', '2026.4.1'], { env: NO_ENGINE });
    expect(code).toBe(3);
    expect(stderr).toContain('No container engine answers');
  });

  test('run exits with 3, and its reports say the same', async () => {
    const reports = path.join(place, 'reports', 'below', 'nothing');
    const { code, stdout } = await postern(['run', '--gateway', '2026.4.1', '--reports', reports], { env: NO_ENGINE });
    expect(code).toBe(3);
    expect(stdout).toContain('Exit code 3: the environment failed');
    const [run = ''] = readdirSync(reports).filter((name) => name !== 'latest');
    const report: unknown = JSON.parse(readFileSync(path.join(reports, run, 'report.json'), 'utf8'));
    const shape = z.object({ run: z.object({ exitCode: z.number(), problems: z.array(z.string()) }) });
    const outcome = shape.parse(report).run;
    expect(outcome.exitCode).toBe(3);
    expect(outcome.problems).toEqual([
      expect.stringMatching(/^No container engine answers\. Tried .*\(no such file\)\. Let DOCKER_HOST/),
    ]);
    expect(readdirSync(path.join(reports, run)).sort()).toEqual([
      'events.ndjson',
      'index.html',
      'junit.xml',
      'report.json',
      'summary.md',
      'transcripts.json.gz',
    ]);
  });
});
