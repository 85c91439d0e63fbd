import type { StepRecord } from '../play/record.ts';
import type { CheckResult } from '../results/report.ts';

/** What a report keeps of the record of a step. */
export type Evidence = Pick<
  CheckResult,
  'vantage' | 'observation' | 'transcript' | 'logLines' | 'pairingList' | 'durationMs'
>;

/** The evidence of a step by its record; without a record (null), that of a step that was not played. Removes no secrets. */
export function evidenceOf(record: StepRecord | null): Evidence {
  if (record === null)
    return { vantage: null, observation: null, transcript: null, logLines: [], pairingList: null, durationMs: 0 };
  // A copy of the transcript, because the open connection of an admitted knock may still add to the original.
  return { ...record, transcript: structuredClone(record.transcript) };
}
