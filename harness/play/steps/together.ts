import type { Step, StepOf } from '../../scenario/schema/step.ts';
import { createBarrier } from '../barrier.ts';
import type { PlayContext } from '../context.ts';
import { notCarriedOut, recordOf, type StepRecord } from '../record.ts';

/** The records of a `together`: that of each step in it, and that of the step as a whole. */
export type TogetherRecords = { held: [Step, StepRecord][]; whole: StepRecord };

/**
 * Carries out steps at the same time. The barrier makes each step wait until all are ready to send, then all send, then all read the
 * pairing list. The gateway decides the order, so a single step may expect only what holds in any order.
 * Rejects with the error of the first step that failed, after all of them have ended.
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
        if (seat === undefined) throw new Error('more steps than places at the barrier');
        return [step, await playStep({ ...context, runExclusive: (work) => work(), seat }, step).finally(seat.leave)];
      }),
    );
    const held = settled.map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
    return { held, whole: summaryOf(held.map(([, record]) => record)) };
  });
}

/** Gives the record with the number of steps that succeeded; if one step was not carried out or is unreadable, the number is unknown. */
export function summaryOf(records: readonly StepRecord[]): StepRecord {
  const blind = records.find(
    ({ observation: { notCarriedOut: why, outcome } }) => why !== undefined || outcome?.kind === 'unreadable',
  );
  if (blind !== undefined) {
    const { notCarriedOut: why, outcome } = blind.observation;
    return notCarriedOut(
      `one of them was not observed: ${why ?? (outcome?.kind === 'unreadable' ? outcome.text : '')}`,
    );
  }
  const succeeded = records.filter(
    ({ observation: { answer, outcome } }) => answer?.kind === 'answered' || outcome?.kind === 'admitted',
  ).length;
  return recordOf({ succeeded });
}
