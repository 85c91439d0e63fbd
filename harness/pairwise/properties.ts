import { TABLE_ID } from '../results/report.ts';
import { ANSWER_PROPERTIES } from './answer-properties.ts';
import { APPROVAL_PROPERTIES, SCOPE_PROPERTIES } from './approval-properties.ts';
import type { KnockProperty } from './knock-property.ts';
import { PROOF_PROPERTIES } from './proof-properties.ts';
import { RECORD_PROPERTIES } from './record-properties.ts';

/** Each file with properties, as a path below the root, and its properties. */
const WRITTEN_IN: readonly (readonly [file: string, properties: readonly KnockProperty[]])[] = [
  ['harness/pairwise/approval-properties.ts', [...APPROVAL_PROPERTIES, ...SCOPE_PROPERTIES]],
  ['harness/pairwise/proof-properties.ts', PROOF_PROPERTIES],
  ['harness/pairwise/record-properties.ts', RECORD_PROPERTIES],
  ['harness/pairwise/answer-properties.ts', ANSWER_PROPERTIES],
];

/** The properties of a knock; the violation that is worst comes first. */
export const TABLE_PROPERTIES: readonly KnockProperty[] = WRITTEN_IN.flatMap(([, properties]) => properties);

/** The file that a property is written in, as a path below the root. Takes an id; throws Error for one that no property has. */
export function fileOfProperty(id: string): string {
  const found = WRITTEN_IN.find(([, properties]) => properties.some((property) => property.id === id));
  if (found === undefined) throw new Error(`there is no property of a knock with the id ${id}`);
  return found[0];
}

/** The id of the check of a property, of fuzzing, or of the witness, by its name. */
export const tableCheck = (name: string): string => `${TABLE_ID}/${name}`;

/** The name of the check of fuzzing. */
export const FUZZING_CHECK = 'knocks-made-up';

/** The name of the check of the witness: the release's own command and a client of the harness get the same answers. */
export const OWN_CLIENT = 'own-client-agrees';

/** The ids of all checks of a decision table. */
export const TABLE_CHECKS: readonly string[] = [...TABLE_PROPERTIES.map(({ id }) => id), OWN_CLIENT, FUZZING_CHECK].map(
  tableCheck,
);
