import type { StepEvidence } from '../results/report.ts';

/** The evidence of a step by its record; without a record (null), that of a step that was not played. Removes no secrets. */
export function evidenceOf(record: StepEvidence | null): StepEvidence {
  if (record === null)
    return { vantage: null, observation: null, transcript: null, logLines: [], pairingList: null, durationMs: 0 };
  // A copy of the transcript, because the open connection of an admitted knock may still add to the original.
  return { ...record, transcript: structuredClone(record.transcript) };
}
