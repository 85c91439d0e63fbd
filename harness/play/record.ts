import type { Transcript } from '../client/transcript.ts';
import type { Observation } from '../scenario/schema/observation.ts';

/** The record of one step that was carried out. It still contains secrets; the redactor replaces them when the record is written. */
export type StepRecord = {
  observation: Observation;
  transcript: Transcript | null;
  logLines: string[];
  /** The entries of the step's device in the pairing list, in words, before and after it; null for a step that is about no device. */
  pairingList: { before: string[]; after: string[] } | null;
  vantage: string | null;
  durationMs: number;
};

/** Gives the record of a step that could not be carried out, with the reason. */
export function notCarriedOut(why: string): StepRecord {
  return recordOf({ notCarriedOut: why });
}

/** Gives a record with only this observation. `vantage` is where the client of the step knocked from; null for a step without a client. */
export function recordOf(observation: Observation, vantage: string | null = null): StepRecord {
  return { observation, transcript: null, logLines: [], pairingList: null, vantage, durationMs: 0 };
}
