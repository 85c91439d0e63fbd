import { judgeProperty } from '../judge/property.ts';
import { isGivenMore, outcomeOfCommand } from '../pairwise/command-outcome.ts';
import type { CommandSequence } from '../pairwise/command-sequence.ts';
import { OWN_CLIENT, tableCheck } from '../pairwise/properties.ts';
import {
  isAgreed,
  sayDisagreement,
  type Testimony,
  unreadIn,
  type Witnessed,
  type WitnessRequest,
  witness,
} from '../pairwise/witness.ts';
import type { CheckResult } from '../results/report.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { checkOn, type Ground, lineWith } from './table-check.ts';

/** The result of a command sequence, and of the same sequence with new devices if an answer differed (null if none did). */
export type Twice = { first: Testimony; second: Testimony | null };

const knocksIn = (testimony: Testimony | null): Witnessed[] => (testimony?.kind === 'walked' ? testimony.knocks : []);

/** The knocks of a sequence whose two answers could be read and differ. */
const differingIn = (testimony: Testimony | null): Witnessed[] =>
  knocksIn(testimony).filter((knock) => unreadIn(knock) === null && !isAgreed(knock));

/**
 * Plays the command sequences, one after the other, each with the release's own command and with a client of the harness. A sequence with
 * a difference is played once more with new devices. Gives a result for each sequence that was played before the run was interrupted.
 */
export async function playWitness(
  sequences: readonly CommandSequence[],
  request: WitnessRequest & { stopped(): boolean },
): Promise<Twice[]> {
  const played: Twice[] = [];
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
function gapsIn(testimony: Testimony): string[] {
  if (testimony.kind === 'lost') return [testimony.why];
  return testimony.knocks.flatMap((knock) => unreadIn(knock) ?? []);
}

/** How grave a difference is: 2 for a remote command with more access than the harness's client, 1 for a local one, 0 for any other. */
function gravityOf({ command, ours: { observation, vantage } }: Witnessed): number {
  if (!isGivenMore(outcomeOfCommand(command), observation.outcome)) return 0;
  return vantage === 'loopback' ? 1 : 2;
}

/**
 * The check that the release's own command and the harness's client get the same answers. It is not testable if a sequence could not be played
 * or an answer could not be read.
 */
export function witnessCheck(
  played: readonly Twice[],
  root: string,
  repeat: string,
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
  const ground: Ground = {
    ...judgeProperty(evidence, { ...context, check: tableCheck(OWN_CLIENT) }),
    expected:
      "The release's own command gets the same answer as a client of the harness, from the same vantage with the same secret.",
    seen:
      worst === undefined
        ? `${knocks.length} knocks of its own command, each with the same answer as a client of the harness`
        : `${Math.max(differing.length, 1)} of ${knocks.length} knocks differ, first ${sayDisagreement(worst)}`,
    differences: differing.map(sayDisagreement),
    compared: knocks.length,
    source: lineWith('export function commandSequencesOf', 'harness/pairwise/command-sequence.ts', root),
  };
  return checkOn(OWN_CLIENT, ground, worst?.ours ?? null, repeat, context);
}
