import type { CLASSES } from '../scenario/schema/scenario.ts';
import type { SignId } from './signs.ts';

/**
 * Something that happens in a gateway or around it, and that shows itself in reports. What it rests on is data: signs with weights. A weight
 * of 6 is a statement that hardly anything else makes, 3 is telling, 1 is shared with others; a negative one speaks against it.
 */
export type Mechanism = {
  /** The class of the failure; null for what is not the gateway's. */
  class: (typeof CLASSES)[number] | null;
  /** What happens, in one sentence. For what is not the gateway's: what it is. */
  says: string;
  /** Groups of signs: without one sign of each group the mechanism is hardly meant. */
  needs: readonly (readonly SignId[])[];
  rests: Readonly<Partial<Record<SignId, number>>>;
  /** The releases on which it can happen, if not all. */
  releases?: string;
  /** The scenarios that play it, the best first; empty if none does. */
  scenarios: readonly string[];
  /** The scenarios that are nearest to it and do not play it. */
  nearest?: readonly string[];
  /** The question whose answer would tell this mechanism from others, if the report leaves that open. */
  question?: string;
};
