import { distance } from 'fastest-levenshtein';

/** Names that are offered at most. */
const MOST = 3;

/** Of the longer of two names, the part that may differ before one is no longer near the other. */
const FAR = 0.4;

/** How much farther than the nearest name another may be to be offered beside it. */
const BESIDE = 0.2;

/** What is shorter stands in names, or resembles how they begin, by chance. */
const LEAST_CHARACTERS = { within: 3, beginning: 5 };

/** No name is longer: whatever else was given need not be compared. */
const MOST_CHARACTERS = 200;

/** What it adds that a name goes on after what was given. */
const GOES_ON = 0.1;

/**
 * What to do next about a name that is not known: "Did you mean …?" with the `known` names that are nearest, where any is near, and
 * then `all`, a sentence that says how to see every one of them. A name is near where few letters differ from it, from its last parts
 * after a slash, or from the beginning of these, or where one holds the other. Of "a", "a/*" and "a/b" the nearest stands for all.
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
    .filter(({ far }, _, [first]) => far <= (first?.far ?? 0) + BESIDE)
    .map(({ name }) => name)
    .filter((name, index, sorted) => !sorted.slice(0, index).some((nearer) => isBelow(name, nearer)))
    .slice(0, MOST);
}

/** Whether a name is one of those that another stands for. */
function isBelow(name: string, above: string): boolean {
  return name.startsWith(above.endsWith('/*') ? above.slice(0, -1) : `${above}/`);
}

/** From 0, the same, to 1, nothing alike. */
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

/** The share of letters that differ. */
function differing(a: string, b: string): number {
  return distance(a, b) / Math.max(a.length, b.length, 1);
}

function orList(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' or ');
}
