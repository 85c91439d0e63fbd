import type { SurveyChange } from '../../results/comparison.ts';
import { count } from '../../text/format.ts';

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

/** Changes of one survey that give the same to the same, or of which nothing is known: the first of them, and where they are. */
export type SurveyGroup = { change: SurveyChange; where: readonly string[] };

/** Groups changes that have one cause as far as anybody can see. The groups are in the order of their first changes. */
export function groupsOf(changes: readonly SurveyChange[]): SurveyGroup[] {
  const groups = Map.groupBy(changes, ({ survey, kind, gained, lost, accepted }) =>
    kind === 'undecided' ? `${survey} ${kind}` : JSON.stringify([survey, kind, gained, lost, accepted]),
  );
  return [...groups.values()].flatMap((same) =>
    same.slice(0, 1).map((first): SurveyGroup => {
      const isSame = same.every(({ gained }) => gained === first.gained);
      return { change: isSame ? first : { ...first, gained: '' }, where: same.map(({ where }) => where) };
    }),
  );
}

/** The most places of a group that are named. */
const NAMED = 8;

/** Where the changes of a group are: the first places with the name of the survey, as `say` writes them, and how many more there are. */
export function placesOf(
  { change: { survey }, where }: SurveyGroup,
  say: (places: readonly string[]) => string = (places) => places.join(', '),
): string {
  const more = where.length - NAMED;
  const named = say(where.slice(0, NAMED).map((each) => `${survey}/${each}`));
  return more > 0 ? `${named} and ${more} more` : named;
}

/** The heading above the changes of methods, routes and events. */
export function surveysHeading(changes: readonly SurveyChange[]): string {
  const { length } = groupsOf(changes);
  const differences = `Behind the door: ${count(changes.length, 'difference')}`;
  return length === changes.length ? differences : `${differences} in ${count(length, 'group')}`;
}

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

/** A group in one line: where its changes are, what they are, and whom they give what. */
export function describeGroup(group: SurveyGroup): string {
  const gains = describeGains(group.change);
  return `${placesOf(group)}: ${SURVEY_TITLES[group.change.kind]}${gains === '' ? '' : ` (${gains})`}`;
}

/** A change in one line: its survey, where it is, what it is, and whom it gives what. */
export const describeSurveyChange = (change: SurveyChange): string => describeGroup({ change, where: [change.where] });
