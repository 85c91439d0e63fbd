/**
 * A coverage id of OpenClaw's taxonomy with the checks that are evidence for it: scenarios with all their checks, or single checks of the decision
 * table and of surveys. `primary`: together the checks show what the taxonomy says that the id means. `secondary`: a part of that; `because` says which part is
 * missing. Only primary evidence fulfils an id there.
 */
export type CoveredId = {
  id: string;
  role: 'primary' | 'secondary';
  checks: readonly string[];
  because: string;
};
