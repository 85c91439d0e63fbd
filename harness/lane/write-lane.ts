import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../exit.ts';
import { describeWriteError } from '../results/file-errors.ts';
import { writeWhole } from '../results/folder.ts';
import type { Report, Subject } from '../results/report.ts';
import { count } from '../text/format.ts';
import { COVERED_IDS } from './coverage-ids.ts';
import { dockerLaneFiles } from './docker-lane.ts';
import { qaEvidence } from './qa-evidence.ts';

/** The gateway that a report decides about: the head of a gate, or the only one. Throws UsageError for several, and for none. */
function decidedGateway({ run, subjects }: Report): Subject {
  const [first, ...others] = run.purpose === 'gate' ? subjects.slice(-1) : subjects;
  if (first !== undefined && others.length === 0) return first;
  throw new UsageError(
    `the report ${run.id} is about ${count(subjects.length, 'gateway')}, and a lane is about one`,
    'Give the report of a gate, or of a run with one --gateway.',
  );
}

/**
 * Writes summary.json, failures.json and qa-evidence.json of a report in `folder` into the folder `out`, which is created. Gives the paths that
 * were written. Throws UsageError if the report is not about one gateway, or if a file cannot be written.
 */
export function writeLane(report: Report, folder: string, out: string): string[] {
  const beside = (file: string): string => path.relative(out, path.join(folder, file));
  const artifacts = { report: beside('report.json'), summary: beside('summary.md'), junit: beside('junit.xml') };
  const files = {
    ...dockerLaneFiles(report, path.join(folder, 'summary.md')),
    'qa-evidence.json': qaEvidence(report, decidedGateway(report), COVERED_IDS, artifacts),
  };
  return Object.entries(files).map(([file, value]) => {
    const target = path.join(out, file);
    try {
      mkdirSync(out, { recursive: true });
      writeWhole(target, `${JSON.stringify(value, null, 2)}\n`);
    } catch (error) {
      throw new UsageError(describeWriteError(target, error), 'Choose another folder with --out.', { cause: error });
    }
    return target;
  });
}
