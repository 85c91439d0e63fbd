import { auditedOf, configurationsOf, PLAIN } from './configurations.ts';

/** What shows a change of a gateway: a configuration that has all these values, and `audited` if only the security audit shows it. */
export type Showing = { values: readonly string[]; audited?: true };

/**
 * The ids of the configurations of a version that show what these name: for each the first that has its values, and the plain one, beside which every
 * other is judged. Throws Error if the version has none for one of them.
 */
export function configurationsShowing(shown: readonly Showing[], version: string): string[] {
  const all = configurationsOf(version);
  const audited = auditedOf(all, version);
  const found = shown.map(({ values, audited: isAudited = false }) => {
    const first = all.find(
      (each) =>
        values.every((value) => each.values.some(({ id }) => id === value)) && (!isAudited || audited.has(each.id)),
    );
    if (first === undefined) throw new Error(`no configuration of ${version} has ${values.join(' and ')}`);
    return first.id;
  });
  return [...new Set([PLAIN, ...found])];
}
