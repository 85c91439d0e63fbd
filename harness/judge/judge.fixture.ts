import { EXAMPLE, EXAMPLE_FILE } from '../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import type { Observation, Outcome, Shown } from '../scenario/schema/observation.ts';
import type { Case, Judgement } from './judge.ts';

export const AFFECTED = '2026.4.1';
export const FIXED = '2026.9.6';
export const BEFORE = '2026.2.19-2';
export const TODAY = '2026-11-21';

export const admitted = (...scopes: string[]): Outcome => ({
  kind: 'admitted',
  role: 'operator',
  scopes,
  protocol: 3,
  deviceToken: true,
});
export const refused = (
  reason: string | null,
  cause: 'pairing-required' | 'credentials' = 'pairing-required',
): Outcome => ({
  kind: 'refused',
  at: 'handshake',
  code: 1008,
  cause,
  reason,
  text: 'no',
});

export const READS: Shown = { outcome: admitted('operator.read') };
export const WRITES: Shown = { outcome: admitted('operator.write') };
export const SYMPTOM: Shown = { outcome: refused('scope-upgrade') };
export const SHUT: Shown = { outcome: refused('scope-upgrade'), pairing: 'pending' };
export const ADMITTED_CONTROL: Case['control'] = { id: 'stale-scopes/example/first', observation: READS };

/** The input of `judge` for one check of the example scenario, or of a changed example, on a release. */
export function caseOf(name: string, version: string, observation: Observation | null, text = EXAMPLE): Case {
  const { scenario, checks } = loadScenario(text, EXAMPLE_FILE);
  const check = checks.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`the example has no check ${name}`);
  return { check, scenario, version, observation, control: null, skipped: null, deviations: [], today: TODAY };
}

export function ruling({ verdict, because }: Judgement): [string, string | null] {
  return [verdict, because];
}
