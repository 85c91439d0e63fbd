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
import { checkOn, type Ground, linesOf } from './table-check.ts';

/** A walk, and the same walk with new devices where the two were not told the same. */
export type Twice = { first: Testimony; second: Testimony | null };

const knocksIn = (testimony: Testimony | null): Witnessed[] => (testimony?.kind === 'walked' ? testimony.knocks : []);

/** The knocks of a walk that both could make, and on which they were not told the same. */
const differingIn = (testimony: Testimony | null): Witnessed[] =>
  knocksIn(testimony).filter((knock) => unreadIn(knock) === null && !isAgreed(knock));

/** Has the release's own command knock beside us, walk by walk. What differs is walked once more before anything is said of it. */
export async function playWitness(
  walks: readonly CommandSequence[],
  request: WitnessRequest & { stopped(): boolean },
): Promise<Twice[]> {
  const played: Twice[] = [];
  for (const [index, walk] of walks.entries()) {
    if (request.stopped()) break;
    const first = await witness(walk, `own-client-${index}`, request);
    const isDoubtful = differingIn(first).length > 0;
    const second = isDoubtful ? await witness(walk, `own-client-${index}-again`, request) : null;
    played.push({ first, second });
  }
  return played;
}

/** Why a walk proves less than it should; empty where all of it was walked and read. */
function gapsIn(testimony: Testimony): string[] {
  if (testimony.kind === 'lost') return [testimony.why];
  return testimony.knocks.flatMap((knock) => unreadIn(knock) ?? []);
}

/** How much a difference says: a remote command that is given more than we are, then a local one, then any other. */
function gravityOf({ command, ours: { observation, vantage } }: Witnessed): number {
  if (!isGivenMore(outcomeOfCommand(command), observation.outcome)) return 0;
  return vantage === 'loopback' ? 1 : 2;
}

/** The check that the release's own command and ours are told the same. A walk that could not be walked, or read, leaves it not testable. */
export function witnessCheck(
  played: readonly Twice[],
  root: string,
  repeat: string,
  context: JudgeContext,
): CheckResult {
  const knocks = played.flatMap(({ first }) => knocksIn(first));
  const differing = played.flatMap(({ second }) => differingIn(second));
  const [once] = played.flatMap(({ first, second }) => (differingIn(second).length > 0 ? [] : differingIn(first)));
  const [gap = knocks.length === 0 ? 'its own command never knocked' : null] = played.flatMap(({ first }) =>
    gapsIn(first),
  );
  // A command that is given more shows that the gateway knows whom it speaks to, and remote ones show it best.
  const [worst = once] = differing.toSorted((a, b) => gravityOf(b) - gravityOf(a));
  const evidence = {
    notClaimed: null,
    breach: differing.length > 0 ? { observation: null } : null,
    doubt: once === undefined ? null : 'walked once more, the two were told the same',
    gap,
  };
  const ground: Ground = {
    ...judgeProperty(evidence, { ...context, check: tableCheck(OWN_CLIENT) }),
    expected:
      "The release's own command is told what a client of ours is told, from the same place with the same secret.",
    seen:
      worst === undefined
        ? `${knocks.length} knocks of its own command, each told what ours was told`
        : `${Math.max(differing.length, 1)} of ${knocks.length} knocks differ, first ${sayDisagreement(worst)}`,
    differences: differing.map(sayDisagreement),
    compared: knocks.length,
    source: linesOf('harness/pairwise/command-sequence.ts', root)('export function commandSequencesOf'),
  };
  return checkOn(OWN_CLIENT, ground, worst?.ours ?? null, repeat, context);
}
