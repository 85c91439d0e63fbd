import type { GatewayImage } from '../gateway/image/image.ts';
import type { Stage } from '../gateway/stage/stage.ts';
import type { CheckResult, Report, RunEvent, Subject } from '../results/report.ts';

/** The result of playing scenarios and table on one gateway. */
export type GatewayRunResult = {
  subject: Subject;
  checks: CheckResult[];
  table: Report['table'];
  surveys: NonNullable<Report['surveys']>;
  stages: Report['stages'];
  slowest: Report['effort']['slowest'];
  boots: number;
  bootMs: number;
  longestChainMs: number;
  knocks: number;
  /** Stages that stay up, with --keep. */
  kept: Stage[];
  /** Gives each check that has no verdict yet the verdict `error`, with this reason. */
  giveUp(why: string): void;
};

/** Adds checks that were judged to a result, and emits an event for each. */
export function addChecks(
  { checks }: Pick<GatewayRunResult, 'checks'>,
  judged: readonly CheckResult[],
  emit: (event: RunEvent) => void,
): void {
  for (const check of judged) {
    checks.push(check);
    emit({ at: new Date().toISOString(), event: 'check', check });
  }
}

/** The result of a gateway on which nothing was played yet. `about` is what was found out about it before it boots. */
export function emptyResult(
  image: GatewayImage,
  about: Pick<Subject, 'reference' | 'judgedAs' | 'unknownCodes'>,
): GatewayRunResult {
  return {
    subject: {
      ...about,
      version: image.version,
      source: image.source.kind,
      image: image.tag,
      digest: image.id,
      base: image.base?.image ?? 'its own',
      protocol: null,
    },
    checks: [],
    table: [],
    surveys: [],
    stages: [],
    slowest: [],
    boots: 0,
    bootMs: 0,
    longestChainMs: 0,
    knocks: 0,
    kept: [],
    giveUp: () => {},
  };
}
