import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createVault } from '../secrets.ts';
import { openReportFolder } from './folder.ts';
import type { Report } from './report.ts';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from './sample.fixture.ts';
import { writeReports } from './write.ts';

const root = (): string => mkdtempSync(join(tmpdir(), 'postern-reports-'));
const plain = () => ({ redact: (text: string): string => text, env: {}, out: new PassThrough(), files: {} });

/** The report with a secret in every place that a gateway, a command or a header can put it. */
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

test('every format is written, and latest leads to the newest run', () => {
  const reports = root();
  for (const run of ['run-1', 'run-2']) {
    const folder = openReportFolder(reports, run);
    const { written, problems } = writeReports(folder, sampleReport(ONE_GATEWAY), plain());
    expect(problems).toEqual([]);
    expect(written.map((path) => path.slice(reports.length))).toEqual([
      `/${run}/report.json`,
      `/${run}/junit.xml`,
      `/${run}/summary.md`,
      `/${run}/index.html`,
      '/latest',
    ]);
  }
  expect(readlinkSync(join(reports, 'latest'))).toBe('run-2');
  expect(readdirSync(join(reports, 'latest')).sort()).toEqual(['index.html', 'junit.xml', 'report.json', 'summary.md']);
  expect(readdirSync(reports).sort()).toEqual(['latest', 'run-1', 'run-2']);
});

test.each(['0123456789abcdef0123', "odd <&'` password/+?"])(
  'the secret %j stands in no file and no output',
  (secret) => {
    const vault = createVault();
    vault.learn('gateway token', secret);
    const folder = openReportFolder(root(), 'run');
    const out = new PassThrough();
    const summary = join(folder, 'step-summary');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { written } = writeReports(folder, withSecret(sampleReport(ONE_GATEWAY), secret), {
      redact: vault.redact,
      env,
      out,
      files: {},
    });
    const texts = [...written.filter((path) => !path.endsWith('latest')), summary].map((path) =>
      readFileSync(path, 'utf8'),
    );
    const escaped = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    expect(texts).toHaveLength(5);
    for (const text of [...texts, String(out.read())]) {
      expect(vault.leaks(text)).toEqual([]);
      expect(text).not.toContain(escaped);
      expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
      expect(text).toContain('gateway token');
    }
  },
);

test('a folder that cannot be written is a usage error before anything runs', () => {
  const file = join(root(), 'reports');
  writeFileSync(file, '');
  expect(() => openReportFolder(file, 'run')).toThrow(
    `The report folder ${join(file, 'run')} cannot be written: a part of the path is a file, not a folder.`,
  );
});

test('a format that cannot be written is told, and the others are written', () => {
  const reports = root();
  const folder = openReportFolder(reports, 'run');
  mkdirSync(join(folder, 'junit.xml'));
  mkdirSync(join(reports, 'latest'));
  const { written, problems } = writeReports(folder, sampleReport(ALL_HOLD), plain());
  expect(written.map((path) => path.slice(folder.length))).toEqual(['/report.json', '/summary.md', '/index.html']);
  expect(problems).toEqual([
    `${join(folder, 'junit.xml')} could not be written: a folder of that name is in the way. Remove that folder, or choose another one.`,
    `${join(reports, 'latest')} could not be written: a folder of that name is in the way. Remove that folder, or choose another one.`,
  ]);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a report that breaks its own schema is told, and the evidence is kept', () => {
  const report = sampleReport(ALL_HOLD);
  const folder = openReportFolder(root(), 'run');
  const broken = { ...report, effort: { ...report.effort, knocks: Number.NaN } };
  const { written, problems } = writeReports(folder, broken, plain());
  expect(written).toHaveLength(5);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^The report does not keep its own schema, which is a defect of Postern: /);
});

test.runIf(existsSync('/proc/self'))(
  'a place that takes no folders is a usage error, and not a search without end',
  () => {
    expect(() => openReportFolder('/proc/nope', 'run')).toThrow('The report folder /proc/nope/run cannot be written');
  },
);
