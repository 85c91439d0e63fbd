import type { Verdict } from '../judge/verdict.ts';
import type { CheckResult, Report, Subject } from '../results/report.ts';
import type { CoveredId } from './covered-id.ts';

/** The words for a result in OpenClaw's qa-evidence.json. */
type EvidenceStatus = 'pass' | 'fail' | 'blocked' | 'skipped';

/**
 * What the verdict of a check is as evidence about the gateway; null for a check that says nothing about it. A reproduced failure and a known
 * deviation are wrong behaviour, whatever a run may conclude from them. What was right against the lists is blocked until somebody decides.
 */
const STATUS_OF: Record<Verdict, EvidenceStatus | null> = {
  pass: 'pass',
  fail: 'fail',
  reproduced: 'fail',
  'known-deviation': 'fail',
  error: 'blocked',
  'not-testable': 'blocked',
  flaky: 'blocked',
  'unexpected-pass': 'blocked',
  skipped: 'skipped',
  'not-applicable': null,
};

/** The order in which one status outweighs another: an id holds only if nothing outweighs `pass`. */
const WORST_FIRST: readonly EvidenceStatus[] = ['fail', 'blocked', 'skipped', 'pass'];

/** What the checks of an id come to, and the reason unless it is `pass`. */
type Finding = { status: EvidenceStatus; reason: string | null; checks: CheckResult[] };

/**
 * qa-evidence.json, schema version 3, of one gateway of a report: an entry for each covered id, in the order of the table. An id passes only if
 * checks of everything that the table names for it ran, at least one of them passed, and none came to anything else. Steps of workarounds are no
 * evidence.
 *
 * `artifacts` are the files that show it, as paths relative to qa-evidence.json, by kind. The documents say what the format means
 * (docs/concepts/qa-e2e-automation/qa-reporting.md of the package); its fields are those of the QA Lab's own reader (evidence-summary.ts). Facts
 * that a report does not have are null.
 */
export function qaEvidence(
  report: Report,
  subject: Subject,
  covered: readonly CoveredId[],
  artifacts: Readonly<Record<string, string>>,
): object {
  const checks = report.checks.filter(({ gateway, part }) => gateway === subject.reference && part !== 'remedies');
  const rows = covered.map((row) => ({ row, finding: findingOf(row, checks) }));
  return {
    kind: 'openclaw.qa.evidence-summary',
    schemaVersion: 3,
    generatedAt: report.run.startedAt,
    evidenceMode: 'full',
    entries: rows.map(({ row, finding }) => entryOf(report, subject, row, finding, artifacts)),
    occurrences: rows.map(({ row, finding }) => occurrenceOf(report, subject, row, finding)),
  };
}

function findingOf({ checks: named }: CoveredId, checks: readonly CheckResult[]): Finding {
  const groups = named.map((name) => checks.filter(({ id, scenario }) => id === name || scenario === name));
  const missing = named.filter((_, index) => groups[index]?.length === 0);
  const found = groups.flat();
  const judged = found.flatMap((check) => {
    const status = STATUS_OF[check.verdict];
    return status === null ? [] : [{ status, reason: `${check.id}: ${check.verdict}` }];
  });
  const all = [
    ...judged,
    ...missing.map((name) => ({ status: 'skipped' as const, reason: `${name} was not played` })),
    ...(judged.length === 0 && missing.length === 0
      ? [{ status: 'skipped' as const, reason: 'no check applies to this release' }]
      : []),
  ];
  const status = WORST_FIRST.find((each) => all.some((one) => one.status === each)) ?? 'skipped';
  const reasons = all.flatMap((one) => (one.status === status && status !== 'pass' ? [one.reason] : []));
  return { status, reason: reasons.length === 0 ? null : reasons.join('; '), checks: found };
}

const occurrenceIdOf = ({ run }: Report, { id }: CoveredId): string => `postern:${run.id}:${id}`;

const coverageOf = ({ id, role }: CoveredId): object[] => [{ id, role }];

function packageOf({ source, reference, version }: Subject): { kind: string; spec: string } {
  if (source === 'published') return { kind: 'npm-package', spec: `openclaw@${version}` };
  return { kind: source === 'packed' ? 'packed-tarball' : 'container-image', spec: reference };
}

function entryOf(
  report: Report,
  subject: Subject,
  row: CoveredId,
  { status, reason, checks }: Finding,
  artifacts: Readonly<Record<string, string>>,
): object {
  const wallMs = checks.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return {
    test: { kind: 'postern-coverage', id: `postern/${row.id}`, title: row.because },
    coverage: coverageOf(row),
    execution: {
      runner: 'postern',
      environment: { ref: null, os: process.platform, nodeVersion: process.version },
      provider: { id: 'none', live: false, model: { name: null, ref: null } },
      packageSource: packageOf(subject),
      artifacts: Object.entries(artifacts).map(([kind, path]) => ({ kind, path, source: 'postern' })),
    },
    result: {
      status,
      ...(reason === null ? {} : { failure: { reason } }),
      ...(wallMs > 0 ? { timing: { wallMs } } : {}),
    },
    binding: { occurrenceId: occurrenceIdOf(report, row), assertionId: null, receiptId: null },
    effective: true,
  };
}

/** The observation that an entry is bound to. It belongs to no scenario of the QA Lab, and is never retried. */
function occurrenceOf(report: Report, subject: Subject, row: CoveredId, { status, checks }: Finding): object {
  const { kind, spec } = packageOf(subject);
  return {
    id: occurrenceIdOf(report, row),
    parentCell: null,
    scenario: null,
    retryOf: null,
    terminalStatus: status,
    assertions: checks.map(({ id, expected }) => ({ id, meaning: expected, coverage: coverageOf(row) })),
    launch: {
      source: { ref: null, integrity: null },
      runtime: { id: null, version: null },
      package: { kind, spec, version: subject.version, integrity: null },
      protocol: subject.protocol === null ? null : `${subject.protocol}`,
      accountRef: null,
      proofClass: subject.source === 'image' ? null : 'packaged-install/upgrade',
    },
    receipts: [],
  };
}
