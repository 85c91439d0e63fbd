import { existsSync } from 'node:fs';
import path from 'node:path';
import { faultsOfQuotations } from '../properties/documentation.ts';
import { QUOTATIONS } from './quotations.ts';

/**
 * `node harness/cli/check-quotes.ts <package>`: looks up each quote of the properties in the documentation of an unpacked gateway package.
 * Exit code 0: every quote was found. 1: a quote is missing. 2: the path is not an unpacked package.
 */
const folder = process.argv[2];
if (folder === undefined || !existsSync(path.join(folder, 'docs'))) {
  console.error(
    `${folder ?? 'no folder'}: expected the unpacked package of a gateway, with docs/ in it.\n` +
      'Run `npm pack openclaw@<release>`, unpack it with `tar -xzf`, and give the folder package/.',
  );
  process.exitCode = 2;
} else {
  const faults = faultsOfQuotations(QUOTATIONS, folder);
  for (const fault of faults) console.error(fault);
  console.log(`${QUOTATIONS.length - faults.length} of ${QUOTATIONS.length} quotes were found in ${folder}.`);
  if (faults.length > 0) process.exitCode = 1;
}
