import type { ExplainedComparison } from '../../results/explained-comparison.ts';
import type { Finding } from '../../results/finding.ts';
import type { Subject } from '../../results/report.ts';
import { comparisonVerdictOf } from './comparison-verdict.ts';

/** Raised with each change after which a program for the older comparison.json would misread a newer one. */
const COMPARISON_SCHEMA_VERSION = 1;

const sideOf = ({ reference, version, source, digest }: Subject) => ({ reference, version, source, digest });

/** A finding for a program: its changes by their ids. */
export function recordOf(finding: Finding): object {
  const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
  return {
    ...finding,
    example: finding.example.id,
    repeat: finding.example.head.repeat,
    changes: idsOf(finding.changes),
    consequences: idsOf(finding.consequences),
    also: finding.also.map(recordOf),
  };
}

/**
 * comparison.json: the findings of a comparison for a program, with changes by the ids of their checks and probes. The observations are in
 * report.json, under the same ids.
 */
export function renderComparisonJson(comparison: ExplainedComparison): string {
  const { base, head, findings, changes, standings, exitCode, reasons } = comparison;
  const file = {
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    base: sideOf(base),
    head: sideOf(head),
    verdict: comparisonVerdictOf(comparison).words,
    exitCode,
    reasons,
    findings: findings.map(recordOf),
    standings,
    surveys: comparison.surveys,
    unwritten: comparison.unwritten,
    doubtful: comparison.doubtful,
    unreached: comparison.unreached,
    onlyBase: comparison.onlyBase,
    onlyHead: comparison.onlyHead,
    stale: comparison.stale,
    withheld: comparison.withheld,
    same: changes.filter(({ change }) => change === 'same').length,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}
