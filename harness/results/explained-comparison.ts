import type { ExitCode } from '../exit.ts';
import type { Comparison } from './comparison.ts';
import type { Finding } from './finding.ts';

/**
 * What keeps a head from being merged. `weaker`: remote clients get more. `broken`: something works on the base and not on the head. `untold`:
 * something could not be decided on one of the two gateways. `stale`: an entry of a list no longer counts.
 */
export type Objection = 'weaker' | 'broken' | 'untold' | 'stale';

/** Why a comparison does not end with exit 0: one line of text, the exit code, and what it means for the head. */
export type ExitReason = { text: string; exitCode: ExitCode; objection: Objection };

/** A comparison with its findings, worst first, and with the reasons for its exit code, worst first. Every drawing of a comparison is made of it. */
export type ExplainedComparison = Comparison & {
  findings: readonly Finding[];
  reasons: readonly ExitReason[];
  exitCode: ExitCode;
  /** How many findings and checks are left out, because they show what the base has and nobody has published. */
  withheld: number;
};
