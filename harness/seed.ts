import { randomInt } from 'node:crypto';

/** Upper bound of a seed, exclusive: fast-check takes only 32-bit numbers. */
const SEEDS = 2 ** 31;

/** A random seed for a run without --seed, so that no gateway can be prepared for a fixed order of play. */
export const freshSeed = (): number => randomInt(SEEDS);
