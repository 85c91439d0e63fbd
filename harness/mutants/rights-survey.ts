import { createHash } from 'node:crypto';
import type { CallerFinding } from '../rights/caller-property.ts';
import { CALLERS } from '../rights/callers.ts';
import { compareMatrices } from '../rights/compare.ts';
import { findingsOf, newOpenMethods } from '../rights/findings.ts';
import { fromStored, type Matrix, storedMatrixSchema, toStored } from '../rights/matrix.ts';
import { PARAMETER_ROWS } from '../rights/parameter-rows.ts';
import { RIGHTS } from '../rights/report.ts';
import { RIGHTS_SURVEY } from '../rights/rights-survey.ts';
import { sayCallers } from '../rights/say-callers.ts';
import type { MutantSurvey } from './mutant-survey.ts';
import { type Breach, type Noticed, newBreaches } from './noticed.ts';

const asBreach = ({ property, where, callers, seen }: CallerFinding): Breach => ({
  property,
  where,
  by: callers,
  seen,
});

/** What the rights matrix shows of a mutant in comparison with its unchanged release. */
export function noticedInRights(base: Matrix, mutant: Matrix): Noticed {
  const comparison = compareMatrices(base, mutant);
  const rows = comparison.rows.filter(({ kind }) => kind === 'weakened' || kind === 'new');
  const findings = [...findingsOf(mutant), ...newOpenMethods(comparison, mutant)];
  return {
    gains: [
      ...comparison.admitted.map((id) => `admitted: ${id}`),
      ...rows.map(({ kind, row, gained }) => `${kind}: ${row}: ${sayCallers(gained)}`),
    ],
    breaches: newBreaches(findingsOf(base).map(asBreach), findings.map(asBreach)),
  };
}

/** `postern selftest --rights`: each mutant plays the rights matrix. */
export const MUTANT_RIGHTS: MutantSurvey<Matrix> = {
  name: RIGHTS,
  prepare: RIGHTS_SURVEY.prepare,
  noticed: noticedInRights,
  digest: createHash('sha256')
    .update(JSON.stringify([CALLERS, PARAMETER_ROWS]))
    .digest('hex'),
  toStored,
  fromStored(value) {
    const stored = storedMatrixSchema.safeParse(value);
    return stored.success ? fromStored(stored.data) : null;
  },
};
