import { describeRefusals } from '../../judge/describe.ts';
import type { ObservationChange } from '../../results/comparison.ts';
import type { Answer, Observation, Outcome } from '../../scenario/schema/observation.ts';

/**
 * The kind of a change: the answer of each gateway in words, without texts, ids and times, and without scopes where they are the same. `from`: the
 * answer of the base without what only the comparison tells, so that unchanged observations have it too. `family`: what changes must have in
 * common to have one cause; the reason of a refusal is not part of it.
 */
export type ChangeKind = { from: string; before: string; after: string; family: string };

/** The pairing decisions that a knock can come to without being told apart by its outcome. */
const UNTOLD: readonly Observation['pairing'][] = [undefined, 'none', 'unchanged'];

function wordsOfRefusal({ at, code, cause, reason }: Extract<Outcome, { kind: 'refused' }>): string {
  const finer = reason === null ? '' : ` (${reason})`;
  return `refused${at === 'http' ? ` with HTTP ${code}` : ''}: ${cause}${finer}`;
}

function wordsOfOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'admitted':
      return 'admitted';
    case 'refused':
      return wordsOfRefusal(outcome);
    case 'timeout':
    case 'crash':
    case 'unreachable':
    case 'unreadable':
      return `no decision: ${outcome.kind}`;
  }
}

function wordsOfAnswer(answer: Answer): string {
  switch (answer.kind) {
    case 'answered':
      return 'answered';
    case 'denied':
      return `denied: ${answer.code}`;
    case 'closed':
      return `connection closed with ${answer.code}`;
    case 'open':
      return 'connection stays open';
    case 'timeout':
      return 'no answer';
  }
}

const PAIRING_WORDS: Record<NonNullable<Observation['pairing']>, string> = {
  none: 'not on the pairing list',
  pending: 'a request waits',
  'approved-silently': 'approved without asking',
  'approved-by-operator': 'approved by an operator',
  rejected: 'rejected',
  removed: 'removed from the pairing list',
  unchanged: 'pairing list as before',
};

/** What a gateway did, in the words that changes of one kind share. */
export function answerOf(observation: Observation): string {
  const { outcome, pairing, answer, command, http, tool, rows, succeeded, exited, turnedAway, leaked } = observation;
  if (observation.notCarriedOut !== undefined) return 'not carried out';
  if (observation.environmentFailed !== undefined) return 'the environment failed';
  const parts = [
    ...(outcome === undefined ? [] : [wordsOfOutcome(outcome)]),
    ...(answer === undefined ? [] : [wordsOfAnswer(answer)]),
    ...(command === undefined ? [] : [command.exitCode === 0 ? 'command succeeds' : 'command fails']),
    ...(http === undefined ? [] : [`HTTP ${http.status}`]),
    ...(tool === undefined ? [] : [`${tool.name} answered`]),
    ...(rows === undefined ? [] : [`${rows.paired} paired, ${rows.pending} pending`]),
    ...(succeeded === undefined ? [] : [`${succeeded} succeed`]),
    ...(exited === undefined ? [] : ['the gateway does not start']),
    ...(turnedAway === undefined ? [] : [describeRefusals(turnedAway)]),
    ...(pairing === undefined || UNTOLD.includes(pairing) ? [] : [PAIRING_WORDS[pairing]]),
    ...(leaked ?? []).map((leak) => `discloses ${leak}`),
  ];
  return parts.length === 0 ? 'nothing observed' : parts.join(', ');
}

const missingIn = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((each) => !others.includes(each)).sort();

/** One thing that an answer has and another in the same words has not: in words, and what sort of thing it is. */
type Detail = { words: string; sort: string };

/** What an answer has and the other has not, if both are in the same words. */
function detailsOf(own: Observation, other: Observation): Detail[] {
  const [a, b] = [own.outcome, other.outcome];
  if (a?.kind === 'admitted' && b?.kind === 'admitted') {
    const scopes = missingIn(a.scopes, b.scopes);
    return [
      ...(a.role === b.role
        ? []
        : [{ words: a.role === '' ? 'without a role' : `as ${a.role}`, sort: 'another role' }]),
      ...(scopes.length === 0 ? [] : [{ words: `with ${scopes.join(', ')}`, sort: 'scopes' }]),
      ...(a.deviceToken && !b.deviceToken ? [{ words: 'with a device token', sort: 'a device token' }] : []),
    ];
  }
  if (a?.kind === 'refused' && b?.kind === 'refused' && a.code !== b.code)
    return [{ words: `with ${a.code}`, sort: 'another code' }];
  const [exit, otherExit] = [own.command?.exitCode, other.command?.exitCode];
  return exit === otherExit ? [] : [{ words: `with exit code ${exit}`, sort: 'another exit code' }];
}

/** The pairing decision as a detail, where only that differs. */
function pairingOf({ pairing }: Observation): Detail[] {
  return pairing === undefined ? [] : [{ words: PAIRING_WORDS[pairing], sort: PAIRING_WORDS[pairing] }];
}

/**
 * What an answer comes to, without the finer reason of a refusal: that says what this client lacks, and not why clients like it are refused. A client
 * that is approved without asking is let in, whatever becomes of this connection.
 */
function familyOf(observation: Observation): string {
  const { outcome, pairing } = observation;
  if (outcome?.kind === 'admitted' || pairing === 'approved-silently') return 'let in';
  return outcome === undefined ? answerOf(observation) : wordsOfOutcome(outcome).replace(/ \([^)]*\)$/, '');
}

/** The kind of a change. Pure. */
export function kindOf({ base, head, change }: ObservationChange): ChangeKind {
  const [was, is] = [base.observation, head.observation];
  const [from, to] = [answerOf(was), answerOf(is)];
  const [came, comes] = [familyOf(was), familyOf(is)];
  if (change === 'unrecorded')
    return { from, before: `${from}, logged`, after: `${to}, not logged`, family: 'not logged' };
  if (came !== comes) return { from, before: from, after: to, family: comes };
  const told: [Detail[], Detail[]] = [detailsOf(was, is), detailsOf(is, was)];
  const [lost, gained] = told.flat().length === 0 && from === to ? [pairingOf(was), pairingOf(is)] : told;
  const words = (details: readonly Detail[]): string => details.map((detail) => `, ${detail.words}`).join('');
  const sorts = [lost, gained].map((details) => details.map(({ sort }) => sort));
  const family = sorts.flat().length === 0 ? `${came}: ${from} → ${to}` : `${came}: ${JSON.stringify(sorts)}`;
  return { from, before: `${from}${words(lost)}`, after: `${to}${words(gained)}`, family };
}
