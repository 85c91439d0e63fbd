import type { Transcript } from '../client/transcript.ts';
import type { Observation } from '../scenario/observation.ts';

/** What playing one step left behind. Secrets are still in it: everything is redacted where it is written. */
export type StepRecord = {
  observation: Observation;
  transcript: Transcript | null;
  logLines: string[];
  vantage: string | null;
  durationMs: number;
};

/** A record of a step that could not be carried out, with the reason. */
export function notCarriedOut(why: string): StepRecord {
  return showing({ notCarriedOut: why });
}

/** A record of a step that shows no more than this, by somebody who came from there; null for a step that is nobody's. */
export function showing(observation: Observation, vantage: string | null = null): StepRecord {
  return { observation, transcript: null, logLines: [], vantage, durationMs: 0 };
}
