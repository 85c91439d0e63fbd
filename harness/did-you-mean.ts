import { distance } from 'fastest-levenshtein';

/** The maximum number of suggested names. */
const MOST = 3;

/** The largest distance, as a share of the longer name, at which two names are similar. */
const FAR = 0.4;

/** A further name is suggested if its distance exceeds that of the nearest one by at most this. */
const SPREAD = 0.2;

/** Shorter texts occur in names, or resemble the beginning of names, by chance. */
const LEAST_CHARACTERS = { within: 3, beginning: 5 };

/** No name is longer, so the rest of a given text is not compared. */
const MOST_CHARACTERS = 200;

/** The distance that is added if the given text matches only the beginning of a name. */
const GOES_ON = 0.1;

/**
 * The hint for an unknown name: "Did you mean …?" with the most similar `known` names, if there are any, then `all`, a sentence that says
 * how to list every name. A name is similar if few letters differ from it, from its last parts after a slash, or from the beginning of
 * these, or if one contains the other. Of "a", "a/*" and "a/b" only the most similar one is suggested.
 */
export function didYouMean(given: string, known: Iterable<string>, all: string): string {
  const near = nearest(given, known);
  return near.length === 0 ? all : `Did you mean ${orList(near)}? ${all}`;
}

function nearest(given: string, known: Iterable<string>): string[] {
  const typed = given.slice(0, MOST_CHARACTERS).toLowerCase().replace(/\*$/, '');
  return [...new Set(known)]
    .map((name) => ({ name, far: howFar(typed, name.toLowerCase()) }))
    .filter(({ far }) => far <= FAR)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .filter(({ far }, _, [first]) => far <= (first?.far ?? 0) + SPREAD)
    .map(({ name }) => name)
    .filter((name, index, sorted) => !sorted.slice(0, index).some((nearer) => isBelow(name, nearer)))
    .slice(0, MOST);
}

/** Whether a name is below another one: "a/b" is below "a" and "a/*". */
function isBelow(name: string, above: string): boolean {
  return name.startsWith(above.endsWith('/*') ? above.slice(0, -1) : `${above}/`);
}

/** The distance of two names: 0 is equal, 1 has nothing in common. */
function howFar(typed: string, name: string): number {
  const parts = name.split('/');
  const tails = parts.map((_, index) => parts.slice(index).join('/'));
  const beginnings = typed.length < LEAST_CHARACTERS.beginning ? [] : tails.map((tail) => tail.slice(0, typed.length));
  const shares = [
    ...tails.map((tail) => differing(typed, tail)),
    ...beginnings.map((beginning) => differing(typed, beginning) + GOES_ON),
  ];
  const [shorter, longer] = typed.length < name.length ? [typed, name] : [name, typed];
  const holds = shorter.length >= LEAST_CHARACTERS.within && longer.includes(shorter);
  return Math.min(...shares, holds ? FAR * (1 - shorter.length / longer.length) : 1);
}

/** The edit distance as a share of the longer text. */
function differing(a: string, b: string): number {
  return distance(a, b) / Math.max(a.length, b.length, 1);
}

function orList(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' or ');
}
