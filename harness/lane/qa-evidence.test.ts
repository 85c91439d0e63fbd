import { expect, test } from 'vitest';
import type { CheckResult, Report } from '../results/report.ts';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import type { CoveredId } from './covered-id.ts';
import { qaEvidence } from './qa-evidence.ts';

const ARTIFACTS = { report: '../report.json' };

const covered = (id: string, ...checks: string[]): CoveredId => ({
  id: `gateway.${id}`,
  role: 'primary',
  checks,
  because: `why ${id}`,
});

/** Evidence about the first gateway of a report, with the machine of this process replaced by words. */
function evidenceOf(report: Report, ...rows: CoveredId[]) {
  const [subject] = report.subjects;
  if (subject === undefined) throw new Error('the report has a gateway');
  const text = JSON.stringify(qaEvidence(report, subject, rows, ARTIFACTS));
  const machine = `"os":"${process.platform}","nodeVersion":"${process.version}"`;
  expect(text).toContain(machine);
  return JSON.parse(text.replaceAll(machine, '"os":"linux","nodeVersion":"v0.0.0"'));
}

/** The status and the reason of each entry, by id. */
function resultsOf(report: Report, ...rows: CoveredId[]): unknown {
  const {
    entries,
  }: { entries: { coverage: { id: string }[]; result: { status: string; failure?: { reason: string } } }[] } =
    evidenceOf(report, ...rows);
  return entries.map(({ coverage, result }) => [coverage[0]?.id, result.status, result.failure?.reason ?? null]);
}

test('an id holds only if all that is named for it ran and held', () => {
  expect(
    resultsOf(
      sampleReport(ONE_GATEWAY),
      covered('held', 'credentials/wrong-token'),
      covered('reproduced', 'credentials/wrong-token', 'stale-scopes/local-write-after-read'),
      covered('failed-and-undecided', 'forwarded/untrusted-proxy-header'),
      covered('undecided', 'forwarded/untrusted-proxy-header/audit-line'),
      covered('deviates', 'origin/control-ui-foreign-origin'),
      covered('flaky', 'restart/paired-after-restart/after-restart', 'restart/paired-after-restart/stranger'),
      covered('skipped', 'restart/paired-after-restart/tailnet', 'restart/paired-after-restart/stranger'),
      covered('does-not-apply', 'credentials/wrong-token/attribution'),
      covered('not-played', 'credentials/wrong-token', 'boundary/table/strangers-wait'),
    ),
  ).toMatchInlineSnapshot(`
    [
      [
        "gateway.held",
        "pass",
        null,
      ],
      [
        "gateway.reproduced",
        "fail",
        "stale-scopes/local-write-after-read/local-upgrade: reproduced",
      ],
      [
        "gateway.failed-and-undecided",
        "fail",
        "forwarded/untrusted-proxy-header/forged-loopback: fail",
      ],
      [
        "gateway.undecided",
        "blocked",
        "forwarded/untrusted-proxy-header/audit-line: not-testable",
      ],
      [
        "gateway.deviates",
        "fail",
        "origin/control-ui-foreign-origin/wrong-origin: known-deviation",
      ],
      [
        "gateway.flaky",
        "blocked",
        "restart/paired-after-restart/after-restart: flaky",
      ],
      [
        "gateway.skipped",
        "skipped",
        "restart/paired-after-restart/tailnet: skipped",
      ],
      [
        "gateway.does-not-apply",
        "skipped",
        "no check applies to this release",
      ],
      [
        "gateway.not-played",
        "skipped",
        "boundary/table/strangers-wait was not played",
      ],
    ]
  `);
});

test('a step of a workaround is no evidence', () => {
  const report = sampleReport(ALL_HOLD);
  const checks = report.checks.map((check): CheckResult => ({ ...check, part: 'remedies' }));
  expect(resultsOf({ ...report, checks }, covered('held', 'credentials/wrong-token'))).toEqual([
    ['gateway.held', 'skipped', 'credentials/wrong-token was not played'],
  ]);
});

test('only checks of the gateway that is decided about count', () => {
  const report = sampleReport([...ALL_HOLD, ...ONE_GATEWAY]);
  expect(resultsOf(report, covered('held', 'stale-scopes/local-write-after-read'))).toEqual([
    ['gateway.held', 'pass', null],
  ]);
});

test('the whole file of one id', () => {
  expect(
    evidenceOf(sampleReport(ALL_HOLD), covered('origin', 'origin/control-ui-foreign-origin/wrong-origin')),
  ).toMatchInlineSnapshot(`
    {
      "entries": [
        {
          "binding": {
            "assertionId": null,
            "occurrenceId": "postern:20261121-093000-a1b2:gateway.origin",
            "receiptId": null,
          },
          "coverage": [
            {
              "id": "gateway.origin",
              "role": "primary",
            },
          ],
          "effective": true,
          "execution": {
            "artifacts": [
              {
                "kind": "report",
                "path": "../report.json",
                "source": "postern",
              },
            ],
            "environment": {
              "nodeVersion": "v0.0.0",
              "os": "linux",
              "ref": null,
            },
            "packageSource": {
              "kind": "npm-package",
              "spec": "openclaw@2026.9.6",
            },
            "provider": {
              "id": "none",
              "live": false,
              "model": {
                "name": null,
                "ref": null,
              },
            },
            "runner": "postern",
          },
          "result": {
            "status": "pass",
            "timing": {
              "wallMs": 97.5,
            },
          },
          "test": {
            "id": "postern/gateway.origin",
            "kind": "postern-coverage",
            "title": "why origin",
          },
        },
      ],
      "evidenceMode": "full",
      "generatedAt": "2026-11-21T09:30:00.000Z",
      "kind": "openclaw.qa.evidence-summary",
      "occurrences": [
        {
          "assertions": [
            {
              "coverage": [
                {
                  "id": "gateway.origin",
                  "role": "primary",
                },
              ],
              "id": "origin/control-ui-foreign-origin/wrong-origin",
              "meaning": "refused, 1008 origin",
            },
          ],
          "id": "postern:20261121-093000-a1b2:gateway.origin",
          "launch": {
            "accountRef": null,
            "package": {
              "integrity": null,
              "kind": "npm-package",
              "spec": "openclaw@2026.9.6",
              "version": "2026.9.6",
            },
            "proofClass": "packaged-install/upgrade",
            "protocol": "3",
            "runtime": {
              "id": null,
              "version": null,
            },
            "source": {
              "integrity": null,
              "ref": null,
            },
          },
          "parentCell": null,
          "receipts": [],
          "retryOf": null,
          "scenario": null,
          "terminalStatus": "pass",
        },
      ],
      "schemaVersion": 3,
    }
  `);
});
