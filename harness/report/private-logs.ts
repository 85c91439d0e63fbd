import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { type CheckResult, type Report, TABLE_ID, type TableCell } from '../results/report.ts';

type Stages = Report['stages'];

/** The end of the name of a gateway's log; the logs of its peer and its front begin alike. */
const GATEWAY_LOG = '-gateway.log';

/** The place of a log that is withheld, below the report folder. */
const privately = (log: string): string => path.join('private', log);

/**
 * The stages of a report as public output has them: the log of each stage on which something withheld was played is in `private/`. `checks` and
 * `table` are what is withheld. Pure.
 */
export function stagesWithPrivateLogs(
  stages: Stages,
  { checks, table }: { checks: readonly CheckResult[]; table: readonly TableCell[] },
): Stages {
  const played = new Set(checks.map(({ gateway, scenario }) => JSON.stringify([gateway, scenario])));
  const tables = new Set(table.map(({ gateway }) => gateway));
  return stages.map((stage) => {
    const { gateway, scenarios } = stage;
    const isOfTable = tables.has(gateway) && scenarios.includes(TABLE_ID);
    const isWithheld = isOfTable || scenarios.some((id) => played.has(JSON.stringify([gateway, id])));
    return isWithheld ? { ...stage, log: privately(stage.log) } : stage;
  });
}

/**
 * Moves the logs of these stages that are to be in `private/` below the report folder, with those of the same stage's other containers. Does nothing
 * with logs that were moved before. Throws the error of the file system.
 */
export function moveToPrivate(folder: string, stages: Stages): void {
  for (const { log } of stages) {
    const [first, ...below] = log.split(path.sep);
    if (first !== 'private') continue;
    const from = path.join(folder, ...below.slice(0, -1));
    const name = path.basename(log);
    if (!existsSync(from) || !name.endsWith(GATEWAY_LOG)) continue;
    const ofStage = `${name.slice(0, -GATEWAY_LOG.length)}-`;
    const to = path.join(folder, path.dirname(log));
    mkdirSync(to, { recursive: true, mode: 0o700 });
    for (const file of readdirSync(from).filter((each) => each.startsWith(ofStage)))
      renameSync(path.join(from, file), path.join(to, file));
  }
}
