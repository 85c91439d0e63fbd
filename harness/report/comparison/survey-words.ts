import type { SurveyChange } from '../../results/comparison.ts';

/** What a change of a method, a route or an event is, in a few words. */
export const SURVEY_TITLES: Record<SurveyChange['kind'], string> = {
  weakened: 'given to others',
  open: 'new, and needs no scope',
  undecided: 'not known',
  wider: 'opens to more of the promised credentials',
  new: 'new',
  tightened: 'given to fewer',
  gone: 'gone',
};

/** The heading above the changes of methods, routes and events. */
export const SURVEYS_TITLE = 'Behind the door';

/** Whom a change gives what, as a clause: the callers or requests that gain and lose it, and who accepted that; empty if it names none. */
export function describeGains({ kind, gained, lost, accepted }: SurveyChange): string {
  const gain = kind === 'undecided' ? 'not known for' : 'now';
  return [
    gained === '' ? '' : `${gain} ${gained}`,
    lost === '' ? '' : `no longer ${lost}`,
    accepted === null
      ? ''
      : `accepted: ${accepted.reason} (${accepted.link}, ${accepted.owner}, until ${accepted.expires})`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** A change in one line: its survey, where it is, what it is, and whom it gives what. */
export function describeSurveyChange(change: SurveyChange): string {
  const gains = describeGains(change);
  return `${change.survey}/${change.where}: ${SURVEY_TITLES[change.kind]}${gains === '' ? '' : ` (${gains})`}`;
}
