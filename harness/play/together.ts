import type { Step, StepOf } from '../scenario/step.ts';
import { createBarrier } from './barrier.ts';
import type { PlayContext } from './context.ts';
import { notCarriedOut, type StepRecord, showing } from './record.ts';

/** What was held together, with what each step showed, and what they showed as a whole. */
export type TogetherRecords = { held: [Step, StepRecord][]; whole: StepRecord };

/**
 * Carries out steps at once: each is brought to the point of asking, then all ask, then all look at the pairing list. The order is the
 * gateway's, so what a single one of them may expect is only what holds in any order.
 */
export function playTogether(
  context: PlayContext,
  { body }: StepOf<'together'>,
  playStep: (context: PlayContext, step: Step) => Promise<StepRecord>,
): Promise<TogetherRecords> {
  return context.runExclusive(async () => {
    const seats = createBarrier(body.length);
    const settled = await Promise.allSettled(
      body.map(async (step, index): Promise<[Step, StepRecord]> => {
        const seat = seats[index];
        if (seat === undefined) throw new Error('more steps than seats');
        return [step, await playStep({ ...context, runExclusive: (work) => work(), seat }, step).finally(seat.leave)];
      }),
    );
    // The one that failed is told, once none of them is at work any more.
    const held = settled.map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
    return { held, whole: wholeOf(held.map(([, record]) => record)) };
  });
}

/** How many succeeded; that is not known where one of them was not carried out, or cannot be read. */
export function wholeOf(records: readonly StepRecord[]): StepRecord {
  const blind = records.find(
    ({ observation: { notCarriedOut: why, outcome } }) => why !== undefined || outcome?.kind === 'unreadable',
  );
  if (blind !== undefined) {
    const { notCarriedOut: why, outcome } = blind.observation;
    return notCarriedOut(`one of them was not seen: ${why ?? (outcome?.kind === 'unreadable' ? outcome.text : '')}`);
  }
  const succeeded = records.filter(
    ({ observation: { answer, outcome } }) => answer?.kind === 'answered' || outcome?.kind === 'admitted',
  ).length;
  return showing({ succeeded });
}
