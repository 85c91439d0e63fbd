import type { Route } from '../gateway/network/proxies.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { PlayUnit } from './play-unit.ts';

/** A stage to boot, and the units to play on it. */
export type PlannedStage = {
  id: string;
  /** The gateway as it boots. */
  gateway: Scenario['gateway'];
  /**
   * The batches are played one after the other; the units of one batch are played at the same time. A batch whose gateway has another config
   * than that of the batch before it differs in settings that the running gateway applies to itself.
   */
  batches: PlayUnit[][];
  /** The routes of its steps; a route may occur twice. */
  routes: Route[];
  /** True if a client on it is a page in a browser, or sends the connect params of one. */
  showsPages: boolean;
};

/** Gives all units of a stage. */
export function unitsOf({ batches }: PlannedStage): PlayUnit[] {
  return batches.flat();
}
