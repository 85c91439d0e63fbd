import type { CheckResult } from '../../results/report.ts';

/**
 * The fragment of each check in index.html. It is the same in every run, so that links stay valid. It has only letters, digits, dots and
 * dashes; equal fragments get a number.
 */
export function anchorsOf(checks: readonly CheckResult[]): Map<CheckResult, string> {
  const taken = new Set<string>();
  return new Map(
    checks.map((check) => {
      const base = `check-${check.gateway}-${check.id}`.replace(/[^A-Za-z0-9.]+/g, '-');
      let anchor = base;
      for (let number = 2; taken.has(anchor); number += 1) anchor = `${base}-${number}`;
      taken.add(anchor);
      return [check, anchor];
    }),
  );
}
