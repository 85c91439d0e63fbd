import { replayCommand } from '../replay-command.ts';
import type { TableCell } from '../results/report.ts';
import type { Observation, Shown } from '../scenario/schema/observation.ts';
import { cellId, PLAIN, reportedValues } from './cell.ts';
import type { Cell } from './dimensions.ts';
import type { CellResult } from './judge-table-property.ts';
import type { CellObservation } from './observe-cell.ts';

export const IN: Shown = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'unchanged',
};
export const OUT: Shown = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'pairing-required', reason: 'not-paired', text: '' },
  pairing: 'pending',
};

const look = (observation: Observation) => ({
  observation,
  transcript: null,
  logLines: [],
  pairingList: null,
  vantage: 'lan',
  durationMs: 1,
});

/** The observation of the plain cell with these values, whose knock has this outcome and whose other probes are refused. */
export function seen(values: Partial<Cell>, knock: Observation): CellObservation {
  const records = { knock: look(knock), replay: look(OUT), again: look(OUT), elsewhere: look(OUT) };
  return {
    kind: 'seen',
    cell: { ...PLAIN, ...values },
    seen: { knock, replay: OUT, again: OUT, elsewhere: OUT },
    records,
  };
}
export const once = (first: CellObservation): CellResult => ({ first, second: null });
export const twice = (first: CellObservation, second: CellObservation): CellResult => ({ first, second });

/** The plain cell with these values as a report keeps it, with this observation as its only probe. */
export const kept = (values: Partial<Cell>, observation: Observation, over: Partial<TableCell> = {}): TableCell => ({
  gateway: '2026.4.1',
  id: cellId({ ...PLAIN, ...values }),
  values: reportedValues({ ...PLAIN, ...values }),
  flaky: false,
  unreached: null,
  repeat: replayCommand(cellId({ ...PLAIN, ...values }), { gateways: ['2026.4.1'] }),
  looks: [{ look: 'knock', vantage: 'lan', observation, transcript: null, logLines: [], pairingList: null }],
  ...over,
});
