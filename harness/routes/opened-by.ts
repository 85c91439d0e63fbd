import { isThere, isUnknown } from './compare.ts';
import { CREDENTIALS, PLACES } from './dimensions.ts';
import { type Outcome, provenBy } from './outcome.ts';
import type { PlayedRoute } from './played-routes.ts';

const names = (table: object): string[] => Object.keys(table);

/** The credentials that open a route in the plain way, from every place or only from some. */
export function openedBy({ outcomes }: PlayedRoute): string[] {
  const opens = (credential: string, place: string): boolean => {
    const outcome = outcomes[`${credential} ${place}`];
    return outcome !== undefined && provenBy(outcome) === 'open';
  };
  return names(CREDENTIALS).flatMap((credential) => {
    const places = names(PLACES).filter((place) => opens(credential, place));
    if (places.length === 0) return [];
    return [places.length === names(PLACES).length ? credential : `${credential} ${places.join(', ')}`];
  });
}

/** Who opens a route, in words. */
export function sayOpenedBy(played: PlayedRoute): string {
  if (isUnknown(played)) return 'not known: each plain request ends with an error or without an answer';
  if (!isThere(played)) return 'nothing: no answer shows that the release has it';
  const opened = openedBy(played);
  if (opened.length === names(CREDENTIALS).length) return 'anybody';
  return opened.length === 0 ? 'nothing that was shown' : opened.join('; ');
}

/** The outcomes of a route with their numbers, the most frequent first. */
export function countsOf({ outcomes }: PlayedRoute): [outcome: Outcome, requests: number][] {
  const groups = Map.groupBy(Object.values(outcomes), (outcome) => outcome);
  return [...groups].map(([outcome, { length }]): [Outcome, number] => [outcome, length]).sort((a, b) => b[1] - a[1]);
}
