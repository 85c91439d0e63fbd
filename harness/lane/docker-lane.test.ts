import { expect, test } from 'vitest';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import { dockerLaneFiles } from './docker-lane.ts';

test('a failed lane is in both files, with its class', () => {
  expect(dockerLaneFiles(sampleReport(ONE_GATEWAY), 'reports/latest/summary.md')).toMatchInlineSnapshot(`
    {
      "failures.json": {
        "generatedAt": "2026-11-21T09:31:34.210Z",
        "lanes": [
          {
            "failureClass": "product",
            "lane": "postern",
            "logFile": "reports/latest/summary.md",
            "name": "postern",
            "noOutputTimedOut": false,
            "rerunCommand": "postern run --gateway 2026.4.1",
            "status": 1,
            "targetable": true,
            "timedOut": false,
          },
        ],
        "note": "Only a failure of the class product is about the candidate.",
        "status": "failed",
        "version": 1,
      },
      "summary.json": {
        "failures": [
          {
            "command": "postern run --gateway 2026.4.1",
            "elapsedSeconds": 94,
            "failureClass": "product",
            "finishedAt": "2026-11-21T09:31:34.210Z",
            "logFile": "reports/latest/summary.md",
            "name": "postern",
            "noOutputTimedOut": false,
            "rerunCommand": "postern run --gateway 2026.4.1",
            "startedAt": "2026-11-21T09:30:00.000Z",
            "status": 1,
            "targetable": true,
            "timedOut": false,
          },
        ],
        "finishedAt": "2026-11-21T09:31:34.210Z",
        "lanes": [
          {
            "command": "postern run --gateway 2026.4.1",
            "elapsedSeconds": 94,
            "failureClass": "product",
            "finishedAt": "2026-11-21T09:31:34.210Z",
            "logFile": "reports/latest/summary.md",
            "name": "postern",
            "noOutputTimedOut": false,
            "rerunCommand": "postern run --gateway 2026.4.1",
            "startedAt": "2026-11-21T09:30:00.000Z",
            "status": 1,
            "targetable": true,
            "timedOut": false,
          },
        ],
        "phases": [],
        "runId": "20261121-093000-a1b2",
        "selectedLanes": [
          "postern",
        ],
        "startedAt": "2026-11-21T09:30:00.000Z",
        "status": "failed",
        "version": 1,
      },
    }
  `);
});

test('a lane that passed is no failure', () => {
  const { 'summary.json': summary, 'failures.json': failures } = dockerLaneFiles(sampleReport(ALL_HOLD), 'summary.md');
  expect(summary).toMatchObject({
    status: 'passed',
    lanes: [{ name: 'postern', status: 0, failureClass: null }],
    failures: [],
  });
  expect(failures).toMatchObject({ status: 'passed', lanes: [] });
});
