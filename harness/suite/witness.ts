import { judgeProperty } from '../judge/property.ts';
import { isCommandGivenMore, outcomeOfCommand } from '../pairwise/command-outcome.ts';
import type { CommandSequence } from '../pairwise/command-sequence.ts';
import { OWN_CLIENT, tableCheck } from '../pairwise/properties.ts';
import {
  describeDisagreement,
  isAgreed,
  type Witnessed,
  type WitnessRequest,
  type WitnessResult,
  whyNotComparable,
  witness,
} from '../pairwise/witness.ts';
import { replayCommand } from '../replay-command.ts';
import { type CheckResult, TABLE_ID } from '../results/report.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { checkOn, lineWith, type PropertyCheckContext } from './property-check.ts';

/** The result of a command sequence, and of the same sequence with new devices if an answer differed (null if none did). */
export type WitnessResults = { first: WitnessResult; second: WitnessResult | null };

const knocksIn = (result: WitnessResult | null): Witnessed[] => (result?.kind === 'played' ? result.knocks : []);

/** The knocks of a sequence whose two answers could be read and differ. */
const differingIn = (result: WitnessResult | null): Witnessed[] =>
  knocksIn(result).filter((knock) => whyNotComparable(knock) === null && !isAgreed(knock));

/**
 * Plays the command sequences, one after the other, each with the release's own command and with a client of the harness. A sequence with
 * a difference is played once more with new devices. Gives a result for each sequence that was played before the run was interrupted.
 */
export async function playWitness(
  sequences: readonly CommandSequence[],
  request: WitnessRequest & { stopped(): boolean },
): Promise<WitnessResults[]> {
  const played: WitnessResults[] = [];
  for (const [index, sequence] of sequences.entries()) {
    if (request.stopped()) break;
    const first = await witness(sequence, `own-client-${index}`, request);
    const isDoubtful = differingIn(first).length > 0;
    const second = isDoubtful ? await witness(sequence, `own-client-${index}-again`, request) : null;
    played.push({ first, second });
  }
  return played;
}

/** Why knocks of a sequence prove nothing, one line each; empty if all were played and read. */
function gapsIn(result: WitnessResult): string[] {
  if (result.kind === 'lost') return [result.why];
  return result.knocks.flatMap((knock) => whyNotComparable(knock) ?? []);
}

/** How grave a difference is: 2 for a remote command with more access than the harness's client, 1 for a local one, 0 for any other. */
function gravityOf({ command, ours: { observation, vantage } }: Witnessed): number {
  if (!isCommandGivenMore(outcomeOfCommand(command), observation.outcome)) return 0;
  return vantage === 'loopback' ? 1 : 2;
}

/**
 * The check that the release's own command and the harness's client get the same answers, with the seed that chose the sequences. It is not testable if a sequence could not be played
 * or an answer could not be read.
 */
export function witnessCheck(
  played: readonly WitnessResults[],
  seed: number,
  root: string,
  context: JudgeContext,
): CheckResult {
  const knocks = played.flatMap(({ first }) => knocksIn(first));
  const differing = played.flatMap(({ second }) => differingIn(second));
  const [once] = played.flatMap(({ first, second }) => (differingIn(second).length > 0 ? [] : differingIn(first)));
  const [gap = knocks.length === 0 ? 'its own command made no knock' : null] = played.flatMap(({ first }) =>
    gapsIn(first),
  );
  // A command with more access shows that the gateway recognises the harness, and a remote one shows it best.
  const [worst = once] = differing.toSorted((a, b) => gravityOf(b) - gravityOf(a));
  const evidence = {
    notClaimed: null,
    breach: differing.length > 0 ? { observation: null } : null,
    doubt: once === undefined ? null : 'the sequence was played once more, and the answers were the same',
    gap,
  };
  const checkContext: PropertyCheckContext = {
    ...judgeProperty(evidence, { ...context, check: tableCheck(OWN_CLIENT) }),
    expected:
      "The release's own command gets the same answer as a client of the harness, from the same vantage with the same secret.",
    seen:
      worst === undefined
        ? `${knocks.length} knocks of its own command, each with the same answer as a client of the harness`
        : `${Math.max(differing.length, 1)} of ${knocks.length} knocks differ, first ${describeDisagreement(worst)}`,
    differences: differing.map(describeDisagreement),
    compared: knocks.length,
    source: lineWith('export function commandSequencesOf', 'harness/pairwise/command-sequence.ts', root),
  };
  const search = { seed, path: null };
  const repeat = replayCommand(tableCheck(OWN_CLIENT), { gateways: [context.gateway], search });
  return checkOn(TABLE_ID, OWN_CLIENT, checkContext, worst?.ours ?? null, repeat, context);
}
