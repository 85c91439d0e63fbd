import { inRange } from '../scenario/releases/range.ts';
import { type PlayUnit, stepsOf } from './play-unit.ts';

/**
 * The releases that count the pairing requests of nodes from one address like wrong secrets: by default they refuse the eleventh within a
 * minute as `rate_limited`, for five minutes, also that of a node with the right secret. Source: `requestNodePairingFromConnect` in the packages of
 * 2026.6.5 and 2026.9.6; that of 2026.6.1 has no such limit. Observed on 2026.6.33. A node that is refused as `rate_limited` on an
 * earlier release would prove it wrong.
 */
const COUNTS_NODES = '>=2026.6.5';

/** The knocks of nodes on one stage, at most. Fewer than half of them request a pairing; the others are of nodes that have one. */
const NODE_KNOCKS = 16;

/** Whether these units use a limit of the gateway for nodes, so that no other nodes can share its boot. */
export function useNodeLimit(units: readonly PlayUnit[], version: string): boolean {
  return inRange(version, COUNTS_NODES) && units.some((unit) => nodeKnocksIn(unit) > 0);
}

/**
 * Divides units that would share a stage into the batches of as many stages as the limit for nodes of this version requires. If more than one is
 * required, those without nodes come first.
 */
export function withinNodeLimit(units: readonly PlayUnit[], version: string): PlayUnit[][] {
  const all = units.reduce((sum, unit) => sum + nodeKnocksIn(unit), 0);
  if (!inRange(version, COUNTS_NODES) || all <= NODE_KNOCKS) return [[...units]];
  const batches: { knocks: number; units: PlayUnit[] }[] = [];
  for (const unit of units.filter((each) => nodeKnocksIn(each) > 0)) {
    const knocks = nodeKnocksIn(unit);
    const fitting = batches.find((batch) => batch.knocks + knocks <= NODE_KNOCKS);
    const batch = fitting ?? { knocks: 0, units: [] };
    if (fitting === undefined) batches.push(batch);
    batch.units.push(unit);
    batch.knocks += knocks;
  }
  const others = units.filter((unit) => nodeKnocksIn(unit) === 0);
  return [...(others.length === 0 ? [] : [others]), ...batches.map((batch) => batch.units)];
}

function nodeKnocksIn(unit: PlayUnit): number {
  const { clients } = unit.loaded.scenario;
  return stepsOf(unit).filter((step) => {
    if (step.kind !== 'knock') return false;
    return { ...clients[step.body.as], ...step.body.claims }.role === 'node';
  }).length;
}
