import { cellId, cellWith, PROBES, reportedValues } from '../pairwise/cell.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { type CellResult, isFlaky } from '../pairwise/judge-table-property.ts';
import type { CellObservation, ProbeRecord } from '../pairwise/observe-cell.ts';
import { replayCommand } from '../replay-command.ts';
import { withinBudget } from '../results/budget.ts';
import type { TableCell } from '../results/report.ts';
import { evidenceOf } from './evidence.ts';

/** An observation of a cell as the report keeps it. */
type Reported = Pick<TableCell, 'unreached' | 'looks'>;

function reported(reading: CellObservation): Reported {
  if (reading.kind === 'unreached') return { unreached: reading.why, looks: [] };
  return {
    unreached: null,
    looks: PROBES.map((look) => {
      const { vantage, transcript, logLines, pairingList } = evidenceOf(reading.records[look]);
      const { observation } = reading.records[look];
      return { look, vantage, pairingList, ...withinBudget({ observation, transcript, logLines }) };
    }),
  };
}

/** A cell as the report keeps it. A second observation with the same answers is left out: a gate has hundreds, which say nothing that the first does not. */
export function cellInReport(cellResult: CellResult, gateway: string): TableCell {
  const { first, second } = cellResult;
  const id = cellId(first.cell);
  const flaky = isFlaky(cellResult);
  return {
    gateway,
    id,
    values: reportedValues(first.cell),
    flaky,
    ...reported(first),
    repeat: replayCommand(id, { gateways: [gateway] }),
    ...(second === null || !flaky ? {} : { second: reported(second) }),
  };
}

/**
 * The observations of a cell that a report has, from which its properties can be judged again; null if it has a value that is not one of its
 * dimension, or lacks a probe. What a report left out because it was too long is missing here as well.
 */
export function cellFromReport({ values, second, ...first }: TableCell): CellResult | null {
  const cell = cellWith(values);
  if (cell === null) return null;
  const [before, after] = [readingOf(cell, first), second === undefined ? undefined : readingOf(cell, second)];
  return before === null || after === null ? null : { first: before, second: after ?? null };
}

function readingOf(cell: Cell, { unreached, looks }: Reported): CellObservation | null {
  if (unreached !== null) return { kind: 'unreached', cell, why: unreached };
  const records = PROBES.map((probe) => looks.find(({ look }) => look === probe));
  const [knock, replay, again, elsewhere] = records;
  if (knock === undefined || replay === undefined || again === undefined || elsewhere === undefined) return null;
  const seen = {
    knock: knock.observation,
    replay: replay.observation,
    again: again.observation,
    elsewhere: elsewhere.observation,
  };
  const recordOf = ({ look: _, ...evidence }: typeof knock): ProbeRecord => ({ ...evidence, durationMs: 0 });
  return {
    kind: 'seen',
    cell,
    seen,
    records: {
      knock: recordOf(knock),
      replay: recordOf(replay),
      again: recordOf(again),
      elsewhere: recordOf(elsewhere),
    },
  };
}
