import { inRange } from '../releases/range.ts';
import type { Scenario } from '../schema/scenario.ts';

/** Whether a scenario makes sense on the release: all do that do not say otherwise. */
export function appliesOn({ applies }: Pick<Scenario, 'applies'>, version: string): boolean {
  return applies === undefined || inRange(version, applies.releases);
}
