import { cellId } from '../pairwise/cell.ts';
import { type CellResult, describeViolation, judgeTableProperty } from '../pairwise/judge-table-property.ts';
import { type KnockProperty, propertyOn } from '../pairwise/knock-property.ts';
import { fileOfProperty, tableCheck } from '../pairwise/properties.ts';
import { saySources } from '../properties/documentation.ts';
import { replayCommand } from '../replay-command.ts';
import { type CheckResult, TABLE_ID } from '../results/report.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { checkOn, lineWith, type PropertyCheckContext } from './property-check.ts';

/** The largest number of violations that the check of one property lists; the table has them all. */
const SHOWN_BREACHES = 12;

/** A check for each property, by the cells in the order of the table. The command of a check with a violation replays the plainest cell that has it. */
export function propertyChecks(
  properties: readonly KnockProperty[],
  cellResults: readonly CellResult[],
  root: string,
  context: JudgeContext,
): CheckResult[] {
  const { gateway, version, deviations, today } = context;
  return properties.map((each): CheckResult => {
    const property = propertyOn(each, version);
    const { id, statement, sources } = property;
    const asked = { check: tableCheck(id), version, deviations, today };
    const { verdict, because, seen, cells, breaches } = judgeTableProperty(property, cellResults, asked);
    const checkContext: PropertyCheckContext = {
      verdict,
      because,
      seen,
      expected: `${statement} (${saySources(sources)})`,
      differences: breaches.slice(0, SHOWN_BREACHES).map(describeViolation),
      compared: cells,
      source: lineWith(`id: '${id}'`, fileOfProperty(id), root),
    };
    const [worst] = breaches;
    const repeat = replayCommand(worst === undefined ? tableCheck(id) : cellId(worst.cell), { gateways: [gateway] });
    return checkOn(TABLE_ID, id, checkContext, worst?.record ?? null, repeat, context);
  });
}
