import { inRangeOrNewest } from '../scenario/releases/range.ts';

/**
 * What a method does whatever its parameters are, and parameters that it refuses all the same; null if it refuses none. `endsSessions`: the
 * releases on which it refuses nothing and ends the session of every caller; null for none.
 */
type WithEffect = { does: string; refuses: object | null; endsSessions: string | null };

const always = (does: string): WithEffect => ({ does, refuses: null, endsSessions: null });

/**
 * Methods that have an effect whatever their parameters are, because they take none or ignore those that they do not know. Measured on
 * 2026.4.1 and 2026.9.6: each method was called once with parameters that no method takes, and these answered that they had done their work.
 * Methods that only read are not here. Callers with the right to call one that refuses nothing do so last, when everything else was read, on
 * a stage that is then removed. Nobody with the right calls one that ends the sessions of all callers, because nothing would be known of the others.
 */
const METHODS_WITH_EFFECT: Readonly<Record<string, WithEffect>> = {
  'attach.grant': always('issues a token for a session'),
  'doctor.memory.backfillDreamDiary': always('writes the dream diary'),
  'doctor.memory.dedupeDreamDiary': always('removes entries of the dream diary'),
  'doctor.memory.repairDreamingArtifacts': always('moves files of the memory'),
  'doctor.memory.resetDreamDiary': always('removes entries of the dream diary'),
  'doctor.memory.resetGroundedShortTerm': always('removes memories'),
  // Every object restarts the gateway. 2026.7.1 and 2026.9.6 refuse what is no object, and 2026.5.28 takes that too.
  'gateway.restart.request': { does: 'restarts the gateway', refuses: [], endsSessions: '<2026.7.1' },
  'secrets.reload': always('reads the secrets of the config again'),
  'tts.disable': always('switches speech off'),
  'tts.enable': always('switches speech on'),
  'tts.setPersona': always('clears the persona of speech'),
};

const effectOf = (method: string): WithEffect | null =>
  Object.hasOwn(METHODS_WITH_EFFECT, method) ? (METHODS_WITH_EFFECT[method] ?? null) : null;

/** Whether a method of the release has an effect whatever its parameters are, and refuses none. */
export function alwaysHasEffect(method: string, version: string): boolean {
  return effectOf(method)?.refuses === null || endsSessions(method, version);
}

/** Whether a method of the release ends the session of every caller, whatever its parameters are. */
export function endsSessions(method: string, version: string): boolean {
  const range = effectOf(method)?.endsSessions ?? null;
  return range !== null && inRangeOrNewest(version, range);
}

/** Gives parameters that a method with an effect refuses; null for those that no method takes. */
export function refusedBy(method: string): object | null {
  return effectOf(method)?.refuses ?? null;
}
