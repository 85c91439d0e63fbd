import { existsSync } from 'node:fs';
import path from 'node:path';
import { TABLE_PROPERTIES } from '../pairwise/properties.ts';
import { faultsOfQuotations, type Source } from '../properties/documentation.ts';
import { OPEN_METHODS } from '../rights/expected.ts';
import { PARAMETER_ROWS } from '../rights/parameter-rows.ts';
import { RIGHTS_PROPERTIES } from '../rights/properties.ts';
import { ALL_ROUTES } from '../routes/all-routes.ts';
import { ROUTE_PROPERTIES } from '../routes/properties.ts';
import { SEQUENCE_PROPERTIES } from '../stateful/properties.ts';

/**
 * `node harness/cli/check-quotes.ts <package>`: looks up each quote of the properties in the documentation of an unpacked gateway package.
 * Exit code 0: every quote was found. 1: a quote is missing. 2: the path is not an unpacked package.
 */
const properties = [...TABLE_PROPERTIES, ...SEQUENCE_PROPERTIES, ...RIGHTS_PROPERTIES, ...ROUTE_PROPERTIES];
const sources: readonly Source[] = [
  ...properties.flatMap((property) => property.sources),
  ...[...PARAMETER_ROWS, ...Object.values(OPEN_METHODS)].map(({ source }) => source),
  ...ALL_ROUTES.flatMap(({ source }) => ('quote' in source ? [source] : [])),
];
const quotations = sources.filter((source) => typeof source !== 'string');
const folder = process.argv[2];
if (folder === undefined || !existsSync(path.join(folder, 'docs'))) {
  console.error(
    `${folder ?? 'no folder'}: expected the unpacked package of a gateway, with docs/ in it.\n` +
      'Run `npm pack openclaw@<release>`, unpack it with `tar -xzf`, and give the folder package/.',
  );
  process.exitCode = 2;
} else {
  const faults = faultsOfQuotations(quotations, folder);
  for (const fault of faults) console.error(fault);
  console.log(`${quotations.length - faults.length} of ${quotations.length} quotes were found in ${folder}.`);
  if (faults.length > 0) process.exitCode = 1;
}
