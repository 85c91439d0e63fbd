import type { Report } from '../results/report.ts';
import { type FailureClass, failureClassOf } from './failure-class.ts';

/** The name of the lane, as its row in OpenClaw's scripts/lib/docker-e2e-scenarios.mts has it. docs/adopt.md shows that row. */
export const LANE = 'postern';

/**
 * One lane in summary.json, with the fields that OpenClaw's scripts/test-docker-all.mts writes for its own lanes, as far as they have a meaning
 * here. `failureClass` is Postern's: their documents name the classes, and their files have no field for them.
 */
type LaneResult = {
  name: string;
  status: number;
  command: string;
  startedAt: string;
  finishedAt: string;
  elapsedSeconds: number;
  logFile: string;
  rerunCommand: string;
  timedOut: boolean;
  noOutputTimedOut: boolean;
  targetable: boolean;
  failureClass: FailureClass | null;
};

/** The two files that a Docker lane leaves behind, each of version 1. */
export type DockerLaneFiles = { 'summary.json': object; 'failures.json': object };

/**
 * summary.json and failures.json of a report, in the form that OpenClaw's scheduler of Docker lanes gives them. No document states that form; it
 * is read from the scheduler itself. `logFile` is the path of a file that tells what happened.
 */
export function dockerLaneFiles({ run }: Report, logFile: string): DockerLaneFiles {
  const failureClass = failureClassOf(run.exitCode);
  const finishedAt = new Date(Date.parse(run.startedAt) + run.wallMs).toISOString();
  const lane: LaneResult = {
    name: LANE,
    status: run.exitCode,
    command: run.command,
    startedAt: run.startedAt,
    finishedAt,
    elapsedSeconds: Math.round(run.wallMs / 1000),
    logFile,
    rerunCommand: run.command,
    timedOut: false,
    noOutputTimedOut: false,
    targetable: true,
    failureClass,
  };
  const status = failureClass === null ? 'passed' : 'failed';
  const failures = failureClass === null ? [] : [lane];
  return {
    'summary.json': {
      version: 1,
      runId: run.id,
      status,
      startedAt: run.startedAt,
      finishedAt,
      selectedLanes: [LANE],
      lanes: [lane],
      failures,
      phases: [],
    },
    'failures.json': {
      version: 1,
      generatedAt: finishedAt,
      status,
      lanes: failures.map(({ name, status, logFile, rerunCommand, timedOut, noOutputTimedOut, targetable }) => ({
        lane: name,
        name,
        status,
        logFile,
        rerunCommand,
        timedOut,
        noOutputTimedOut,
        targetable,
        failureClass,
      })),
      note: 'Only a failure of the class product is about the candidate.',
    },
  };
}
