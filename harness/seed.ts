import { randomInt } from 'node:crypto';

/** Seeds are 32-bit numbers, for fast-check takes no others. */
const SEEDS = 2 ** 31;

/** A seed for a run that is given none, so that no gateway can be made for the order in which it is played. */
export const freshSeed = (): number => randomInt(SEEDS);
