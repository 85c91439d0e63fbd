import { sharedByBoot } from './applied-settings.ts';
import { useNodeLimit } from './node-limit.ts';
import type { PlannedStage } from './planned-stage.ts';
import { useOfUnit } from './unit-use.ts';

/**
 * Joins stages that have one batch of units which use only their own clients, if a running gateway of this version can be given the config of one
 * after that of another. Gives all stages; the joined ones are changed in place.
 */
export function sharingBoots(stages: readonly PlannedStage[], version: string): PlannedStage[] {
  const isShort = ({ batches: [batch, ...others] }: PlannedStage): boolean =>
    batch !== undefined &&
    others.length === 0 &&
    batch.every((unit) => useOfUnit(unit) === 'its clients') &&
    !useNodeLimit(batch, version);
  const families = Map.groupBy(stages.filter(isShort), ({ gateway, showsPages }) =>
    JSON.stringify([sharedByBoot(gateway, version), showsPages]),
  );
  const joined = [...families.values()].flatMap((family): { first: PlannedStage; others: PlannedStage[] }[] => {
    // A gateway that limits attempts has counted some of this machine, so it comes last.
    const [first, ...others] = family.sort((a, b) => Number(limitsAttempts(a)) - Number(limitsAttempts(b)));
    return first === undefined || others.length === 0 ? [] : [{ first, others }];
  });
  const gone = new Set(joined.flatMap(({ others }) => others));
  for (const { first, others } of joined) {
    first.batches.push(...others.flatMap(({ batches }) => batches));
    first.routes.push(...others.flatMap(({ routes }) => routes));
  }
  return stages.filter((stage) => !gone.has(stage));
}

function limitsAttempts({ gateway }: PlannedStage): boolean {
  return JSON.stringify(gateway.config).includes('"rateLimit"');
}
