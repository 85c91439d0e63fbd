import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { NOTHING_WITHHELD } from '../results/disclosure.ts';
import { openReportFolder } from '../results/folder.ts';
import { readReport } from '../results/read.ts';
import { REPORT_SCHEMA_VERSION, type Report } from '../results/report.ts';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import { keptOutput } from './terminal/output.fixture.ts';
import { writeReports } from './write.ts';

const root = (): string => mkdtempSync(join(tmpdir(), 'postern-reports-'));
const plain = () => ({
  redact: (text: string): string => text,
  env: {},
  out: keptOutput().output,
  files: {},
  isLatest: true,
  withheld: NOTHING_WITHHELD,
});

/** The report with a secret in every field that a gateway, a command or a header can fill. */
function withSecret(report: Report, secret: string): Report {
  return {
    ...report,
    run: { ...report.run, problems: [`leaked ${secret}`], command: `run --token ${secret}` },
    checks: report.checks.map((check) => ({
      ...check,
      seen: `saw ${secret}`,
      because: secret,
      differences: [secret],
      logLines: [`token=${secret}`],
      pairingList: { before: [], after: [`approved; scopes ${secret}`] },
      observation: {
        command: { argv: ['openclaw', secret], exitCode: 0, stdout: `token: ${secret}`, stderr: secret },
        answer: { kind: 'answered', payload: { [secret]: { deep: [secret] } } },
      },
      transcript: {
        url: `ws://127.0.0.1:1/?token=${encodeURIComponent(secret)}`,
        headers: { Authorization: `Bearer ${secret}`, [secret]: 'name' },
        startedAt: '',
        entries: [{ at: 1, kind: 'sent', text: `{"token":${JSON.stringify(secret)}}`, bytes: 9, deep: { secret } }],
      },
    })),
  };
}

test('every format is written, and latest points to the newest run', () => {
  const reports = root();
  for (const run of ['run-1', 'run-2']) {
    const folder = openReportFolder(reports, run);
    const { written, problems } = writeReports(folder, sampleReport(ONE_GATEWAY), plain());
    expect(problems).toEqual([]);
    expect(written.map((path) => path.slice(reports.length))).toEqual([
      `/${run}/transcripts.json.gz`,
      `/${run}/report.json`,
      `/${run}/junit.xml`,
      `/${run}/summary.md`,
      `/${run}/index.html`,
      '/latest',
    ]);
  }
  expect(readlinkSync(join(reports, 'latest'))).toBe('run-2');
  expect(readdirSync(join(reports, 'latest')).sort()).toEqual([
    'index.html',
    'junit.xml',
    'report.json',
    'summary.md',
    'transcripts.json.gz',
  ]);
  expect(readdirSync(reports).sort()).toEqual(['latest', 'run-1', 'run-2']);
});

test('latest stays where it is for a report that is about a part of another', () => {
  const reports = root();
  writeReports(openReportFolder(reports, 'run'), sampleReport(ONE_GATEWAY), plain());
  writeReports(openReportFolder(reports, 'replay'), sampleReport(ONE_GATEWAY), { ...plain(), isLatest: false });
  expect(readlinkSync(join(reports, 'latest'))).toBe('run');
});
/** The text of a file, which may be compressed. */
function textOf(path: string): string {
  const content = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(content) : content).toString();
}

/** The output of one report: each file by name, the summary of the job, and the annotations. */
function everythingOf(report: Report, redact: (text: string) => string): Record<string, string> {
  const folder = openReportFolder(root(), 'run');
  const { output, told } = keptOutput();
  const summary = join(folder, 'step-summary');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const { written } = writeReports(folder, report, { ...plain(), redact, env, out: output });
  const files = [...written.filter((path) => !path.endsWith('latest')), summary];
  const texts = files.map((path): [string, string] => [basename(path), textOf(path)]);
  return { ...Object.fromEntries(texts), annotations: told() };
}

test('no file and no output contains a secret, wherever the report has it', () => {
  const secretRegistry = createSecretRegistry();
  const secret = secretRegistry.mint('gateway token');
  const texts = everythingOf(withSecret(sampleReport(ONE_GATEWAY), secret), secretRegistry.redact);
  expect(Object.keys(texts)).toHaveLength(7);
  for (const [name, text] of Object.entries(texts)) {
    expect(secretRegistry.leaks(text), name).toEqual([]);
    expect(text, name).toContain('gateway token');
  }
});

/** Texts that a gateway may issue as its device token, so that the harness would redact evidence about it. */
const HOSTILE_TOKENS = [
  'schemaVersion',
  'operator.admin',
  'operator.read',
  'Content-Security-Policy',
  '<failure ',
  'failures="',
  '::error ',
  '"holds"',
  'stale-scopes',
];

describe('a token with the text of a part of the evidence', () => {
  test.each(HOSTILE_TOKENS)('does not change the output: %s', (token) => {
    const secretRegistry = createSecretRegistry();
    secretRegistry.learn('device token', token);
    const report = sampleReport(ONE_GATEWAY);
    expect(everythingOf(report, secretRegistry.redact)).toEqual(everythingOf(report, (text) => text));
  });

  test('could not change markup, keys or syntax of a file even if it were treated as a secret', () => {
    const redact = (text: string): string =>
      ['schemaVersion', 'Content-Security-Policy', '<failure ', 'failures="', '::error ', '"holds"'].reduce(
        (clean, token) => clean.replaceAll(token, '«device token»'),
        text,
      );
    const texts = everythingOf(sampleReport(ONE_GATEWAY), redact);
    expect(texts['index.html']).toContain('<meta http-equiv="Content-Security-Policy" content="default-src');
    expect(texts['junit.xml']).toContain('failures="5"');
    expect(texts['junit.xml']?.match(/<failure /g)).toHaveLength(5);
    expect(texts.annotations?.match(/^::error /gm)).toHaveLength(5);
    expect(JSON.parse(texts['report.json'] ?? '')).toMatchObject({ schemaVersion: REPORT_SCHEMA_VERSION });
    expect(Object.values(texts).join('')).not.toContain('«device token»');
  });
});

test('a folder that cannot be written is a UsageError before any gateway boots', () => {
  const file = join(root(), 'reports');
  writeFileSync(file, '');
  expect(() => openReportFolder(file, 'run')).toThrow(
    `The report folder ${join(file, 'run')} cannot be written: a part of the path is a file, not a folder.`,
  );
});

test('a format that cannot be written is a problem, and the others are written', () => {
  const reports = root();
  const folder = openReportFolder(reports, 'run');
  mkdirSync(join(folder, 'junit.xml'));
  mkdirSync(join(reports, 'latest'));
  const { written, problems } = writeReports(folder, sampleReport(ALL_HOLD), plain());
  expect(written.map((path) => path.slice(folder.length))).toEqual([
    '/transcripts.json.gz',
    '/report.json',
    '/summary.md',
    '/index.html',
  ]);
  expect(problems).toEqual([
    `${join(folder, 'junit.xml')} could not be written: a folder of that name exists. Remove that folder, or choose another one.`,
    `${join(reports, 'latest')} could not be written: a folder of that name exists. Remove that folder, or choose another one.`,
  ]);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('what is withheld is only in private files, which nobody else can read', () => {
  const report = sampleReport(ONE_GATEWAY);
  const checks = report.checks.filter(({ verdict }) => verdict === 'fail');
  const folder = openReportFolder(root(), 'run');
  const { output, told } = keptOutput();
  const summary = join(folder, 'step-summary');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const context = { ...plain(), out: output, env, withheld: { ...NOTHING_WITHHELD, checks } };
  const { written, problems, report: whole } = writeReports(folder, report, context);
  expect(problems).toEqual([]);
  expect(whole).toEqual(report);
  const [ids, secret] = [checks.map(({ id }) => id), written.filter((path) => path.includes('/private'))];
  expect(ids).not.toEqual([]);
  expect(secret.map((path) => path.slice(folder.length))).toEqual([
    '/private',
    '/private/advisory.md',
    '/private/advisory.json',
  ]);
  expect(secret.map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
  for (const id of ids) {
    for (const path of written.filter((each) => !secret.includes(each) && !each.endsWith('latest')))
      expect(textOf(path), path).not.toContain(id);
    expect(textOf(summary) + told()).not.toContain(id);
    expect(textOf(join(folder, 'private/advisory.json'))).toContain(id);
  }
  expect(textOf(join(folder, 'summary.md'))).toContain('left out');
});

describe('a report that cannot be redacted', () => {
  const secretRegistry = createSecretRegistry();
  const secret = secretRegistry.mint('gateway token');
  const report = withSecret(sampleReport(ALL_HOLD), secret);
  test.each<[string, Report, string]>([
    [
      'because it breaks its own schema',
      { ...report, effort: { ...report.effort, knocks: Number.NaN } },
      'effort.knocks does not match its schema: Invalid input: expected number, received NaN',
    ],
    [
      'because a word of Postern contains a secret',
      { ...report, stages: report.stages.map((stage) => ({ ...stage, id: secret })) },
      'a secret is in stages.0.id, which may hold only words of Postern',
    ],
  ])('is replaced by a failing stub with the reason, %s', (_, broken, why) => {
    const folder = openReportFolder(root(), 'run');
    const {
      written,
      problems,
      report: stub,
    } = writeReports(folder, broken, { ...plain(), redact: secretRegistry.redact });
    const sentence = `The report could not be cleared of secrets, which is a defect of Postern, and was not written: ${why}.`;
    expect(problems).toEqual([sentence]);
    expect(written).toHaveLength(6);
    expect(readReport(folder)).toEqual(stub);
    expect(stub.run).toMatchObject({ id: report.run.id, exitCode: 3, problems });
    expect([stub.checks, stub.scenarios, stub.subjects, stub.table]).toEqual([[], [], [], []]);
    for (const path of written.filter((each) => !each.endsWith('latest')))
      expect(secretRegistry.leaks(textOf(path)), path).toEqual([]);
  });
});

test.runIf(existsSync('/proc/self'))(
  'a place that takes no folders is a usage error, and not a search without end',
  () => {
    expect(() => openReportFolder('/proc/nope', 'run')).toThrow('The report folder /proc/nope/run cannot be written');
  },
);
