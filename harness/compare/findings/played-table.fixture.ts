import { cellId, cellOfProbe, PROBES, reportedValues } from '../../pairwise/cell.ts';
import { cellsOf } from '../../pairwise/covering-array.ts';
import { ASKS, type Cell, FORWARDED, PRIORS, ROUTES } from '../../pairwise/dimensions.ts';
import type { Report, TableCell } from '../../results/report.ts';
import { ALL_HOLD, sampleReport } from '../../results/sample.fixture.ts';
import type { Cause, Observation } from '../../scenario/schema/observation.ts';

/** What a gateway of these tests answers to a knock. */
export type Gateway = (cell: Cell) => Observation;

const CELLS = cellsOf('quick');

export const refused = (
  cause: Cause,
  reason: string | null = null,
  pairing: Observation['pairing'] = 'none',
): Observation => ({
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause, reason, text: '' },
  ...(pairing === undefined ? {} : { pairing }),
});
export const waits = (reason: string): Observation => refused('pairing-required', reason, 'pending');
export const admitted = (scopes: readonly string[], pairing: Observation['pairing'] = 'unchanged'): Observation => ({
  outcome: { kind: 'admitted', role: 'operator', scopes: [...scopes], protocol: 4, deviceToken: true },
  ...(pairing === undefined ? {} : { pairing }),
});

/** A gateway that asks for the secret, pairs silently whoever is `local`, and lets everyone else wait. */
export const pairing =
  (local: (cell: Cell) => boolean): Gateway =>
  (cell) => {
    if (cell.credential !== 'secret') return refused('credentials', 'token_mismatch');
    if (cell.proof === 'no-device') return refused('device-identity-required');
    if (PRIORS[cell.prior].approved !== null) return admitted(PRIORS[cell.prior].approved?.scopes ?? []);
    return local(cell) ? admitted(ASKS[cell.asks].scopes, 'approved-silently') : waits('not-paired');
  };

/** Whether a knock comes from the gateway's own machine, without any header of a proxy. */
export const isHere = ({ route, forwarded }: Cell): boolean => ROUTES[route].here && forwarded === 'no-forwarded';

/** Whether a knock comes from the gateway's own machine, without a header of a proxy of one of these names. */
export const isHereWithout =
  (...names: string[]): ((cell: Cell) => boolean) =>
  ({ route, forwarded }) =>
    ROUTES[route].here && !Object.keys(FORWARDED[forwarded]).some((name) => names.includes(name));

/** The quick table as a gateway answers it. The observation of each probe depends on its own values alone. */
function tableOf(gateway: Gateway, reference: string): TableCell[] {
  return CELLS.map((cell) => ({
    gateway: reference,
    id: cellId(cell),
    values: reportedValues(cell),
    flaky: false,
    unreached: null,
    repeat: `npx postern replay ${cellId(cell)}`,
    looks: PROBES.map((look) => {
      const observation = gateway(cellOfProbe(cell, look));
      return { look, vantage: ROUTES[cell.route].from, observation, transcript: null, logLines: [], pairingList: null };
    }),
  }));
}

/** The report of a run of a gateway of a release, with the quick table and without checks. */
export function played(gateway: Gateway, version: string): Report {
  const report = sampleReport(ALL_HOLD);
  return {
    ...report,
    subjects: report.subjects.map((subject) => ({ ...subject, reference: version, version, judgedAs: version })),
    checks: [],
    table: tableOf(gateway, version),
  };
}
