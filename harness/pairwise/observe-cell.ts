import { isDeepStrictEqual } from 'node:util';
import { changeBetween, OWN_EVENTS } from '../judge/change.ts';
import { type PlayRequest, playSteps } from '../play/play.ts';
import { redactedObservation } from '../results/redaction.ts';
import type { StepEvidence } from '../results/report.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { cellScenarioOf, type FreeHeaders, PROBES, type ProbeName } from './cell.ts';
import type { Cell } from './dimensions.ts';
import type { Seen } from './knock-property.ts';

/** The record of a probe, as it was played or as a report has it. */
export type ProbeRecord = StepEvidence & { observation: Observation };

/** The observation of one cell, redacted: each probe with its record, or why the steps before the knock could not be carried out. */
export type CellObservation =
  | { kind: 'seen'; cell: Cell; seen: Seen; records: Record<ProbeName, ProbeRecord> }
  | { kind: 'unreached'; cell: Cell; why: string };

/** Plays one cell on a stage, with `free` headers in addition, and restores the pairing list. Rejects if the engine or the pairing list fails. */
export async function observeCell(
  cell: Cell,
  request: Omit<PlayRequest, 'scenario'>,
  free: FreeHeaders = {},
): Promise<CellObservation> {
  const { scenario, before } = cellScenarioOf(cell, free);
  const played = await playSteps({ ...request, scenario });
  const redact = (text: string): string => request.secretRegistry.redact(text);
  const records = played.map((record) => ({ ...record, observation: redactedObservation(record.observation, redact) }));
  const failed = records.slice(0, before).find(({ observation }) => whyNot(observation) !== null);
  if (failed !== undefined) return { kind: 'unreached', cell, why: whyNot(failed.observation) ?? '' };
  const [knock, replay, again, elsewhere] = records.slice(before, before + PROBES.length);
  if (knock === undefined || replay === undefined || again === undefined || elsewhere === undefined)
    throw new Error(`cell ${scenario.title} was played in ${records.length} steps`);
  const seen: Seen = {
    knock: knock.observation,
    replay: replay.observation,
    again: again.observation,
    elsewhere: elsewhere.observation,
  };
  return { kind: 'seen', cell, seen, records: { knock, replay, again, elsewhere } };
}

/** Why a step before the knock failed; null if it was carried out. */
function whyNot({ notCarriedOut, answer, outcome }: Observation): string | null {
  if (notCarriedOut !== undefined) return notCarriedOut;
  if (answer !== undefined && answer.kind !== 'answered') return `an operator's decision was ${answer.kind}`;
  const isRead = outcome === undefined || outcome.kind === 'admitted' || outcome.kind === 'refused';
  return isRead ? null : `an earlier knock ended in ${outcome.kind}`;
}

/** Whether two observations of one probe are the same, including its audit events and leaks. Texts and ids differ from run to run and do not count. */
export function isSameProbe(one: Observation, other: Observation): boolean {
  const said = ({ audit, leaked }: Observation): unknown => ({
    audit: audit?.flatMap(({ event }) => (OWN_EVENTS.includes(event) ? [event] : [])).sort(),
    leaked: leaked ?? [],
  });
  return changeBetween(one, other) === 'same' && isDeepStrictEqual(said(one), said(other));
}

/** Whether two observations of one cell are the same in every probe. */
export function isSameObservation(one: CellObservation, other: CellObservation): boolean {
  if (one.kind === 'unreached' || other.kind === 'unreached') return one.kind === other.kind;
  return PROBES.every((name) => isSameProbe(one.seen[name], other.seen[name]));
}
