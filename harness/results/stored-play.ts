import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, UsageError } from '../exit.ts';
import { readReport } from './read.ts';

/** What a report folder says of its play: the references of its gateways, and the seed. */
export type StoredPlay = { gateways: string[]; seed: number };

const sideSchema = z.looseObject({ reference: z.string() });
const comparisonSchema = z.looseObject({ base: sideSchema, head: sideSchema });

/**
 * Reads which gateways a run played, given its report folder or a file in it. Of a comparison they are base and head, as comparison.json names
 * them: the base of a gate may be the stored report of another run. Throws UsageError if the report or the comparison cannot be read.
 */
export function readStoredPlay(given: string): StoredPlay {
  const folder = given.endsWith('.json') ? path.dirname(given) : given;
  const { run, subjects } = readReport(folder);
  const comparison = path.join(folder, 'comparison.json');
  const references = existsSync(comparison) ? readSides(comparison) : subjects.map(({ reference }) => reference);
  return { gateways: [...new Set(references)], seed: run.seed };
}

function readSides(file: string): string[] {
  try {
    const { base, head } = comparisonSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return [base.reference, head.reference];
  } catch (error) {
    throw new UsageError(
      `${file} is not a comparison: ${messageOf(error)}`,
      'Give the folder of a run, or name the gateways with --gateway.',
      { cause: error },
    );
  }
}
