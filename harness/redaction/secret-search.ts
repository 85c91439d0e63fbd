import { SHORTEST_SECRET } from './secret-form.ts';
import { FOLDED, shapesOf } from './secret-shapes.ts';
import { type View, viewsOf } from './secret-views.ts';

/** A part of a text that is part of a secret, in any shape of it. */
export type Piece = {
  from: number;
  to: number;
  secret: string;
  /** Whether it is half of the secret or more, and with that a leak. */
  half: boolean;
};

/** Finds pieces of secrets in texts. */
export type Search = {
  add(secret: string): void;
  /** Every piece of 16 characters or more, by where it stands in the text; some may overlap, and some may be told more than once. */
  piecesIn(text: string): Piece[];
  /** The same for each way to read the text, by where they stand in that. */
  piecesInViews(text: string): Piece[][];
};

/** A secret in one shape, folded. */
type Shape = { secret: string; text: Uint8Array };
type Gram = { shape: Shape; at: number };
/** A part of a text, from its first character to the one after its last, that is part of a shape. */
type Match = { first: number; end: number; shape: Shape };

/** Every eighth run of eight characters of a shape is looked up, so that any fifteen in a row hold one of them whole. */
const GRAM = 8;
const STRIDE = 8;
/** A gateway may issue thousands of tokens that begin alike: what so many share is found by the first of them, and the rest of each by itself. */
const MOST_ALIKE = 32;
/** Four bits a character: after eight of them, a 32-bit hash has forgotten what was before. */
const BITS_A_CHARACTER = 4;
/** One byte for each value of so many bits: most characters of most texts are ruled out by one look at it. */
const FILTER_BITS = 22;

/** An arbitrary, odd number for each folded character; half of the golden ratio spreads them over all bits. */
const MIX: Int32Array = Int32Array.from({ length: 256 }, (_, character) => Math.imul(character + 1, 0x9e3779b1));

function nextHash(hash: number, unit: number): number {
  return (hash << BITS_A_CHARACTER) ^ (MIX[unit] ?? 0);
}

/** What a text has in common with a shape around a run of eight characters that ends before `end`; nothing where that is too short. */
function matchOf({ shape, at }: Gram, text: string, end: number): Match[] {
  const isSame = (position: number, inShape: number): boolean =>
    shape.text[inShape] !== undefined && FOLDED[text.charCodeAt(position)] === shape.text[inShape];
  const shift = at + GRAM - end;
  let first = end;
  while (isSame(first - 1, first - 1 + shift)) first -= 1;
  let after = end;
  while (isSame(after, after + shift)) after += 1;
  return after - first < SHORTEST_SECRET ? [] : [{ first, end: after, shape }];
}

/** Of matches around one place: the longest first, then those that reach further to either side. */
function widest(matches: readonly Match[]): Match[] {
  if (matches.length < 2) return [...matches];
  const best = (size: (match: Match) => number): Match =>
    matches.reduce((one, other) => (size(other) > size(one) ? other : one));
  return [best(({ first, end }) => end - first), best(({ first }) => -first), best(({ end }) => end)];
}

/** An empty search. A run has thousands of shapes and reads each line of each log: what one text costs must not depend on their number. */
export function createSearch(): Search {
  const grams = new Map<number, Gram[]>();
  const filter = new Uint8Array(2 ** FILTER_BITS);

  const findIn = ({ text, places }: View): Piece[] => {
    const found: Piece[] = [];
    let covered = { first: 0, end: 0 };
    let hash = 0;
    for (let end = 1; end <= text.length; end += 1) {
      hash = nextHash(hash, FOLDED[text.charCodeAt(end - 1)] ?? 0);
      if (filter[hash >>> (32 - FILTER_BITS)] === 0 || end < GRAM) continue;
      for (const match of widest((grams.get(hash) ?? []).flatMap((gram) => matchOf(gram, text, end)))) {
        const { first, end: after, shape } = match;
        // The next eight characters of what was found show nothing new.
        if (first >= covered.first && after <= covered.end) continue;
        covered = match;
        found.push({
          from: places?.from[first] ?? first,
          to: places?.to[after - 1] ?? after,
          secret: shape.secret,
          half: (after - first) * 2 >= shape.text.length,
        });
      }
    }
    return found;
  };

  return {
    add(secret) {
      for (const written of shapesOf(secret)) {
        const shape = { secret, text: Uint8Array.from(Buffer.from(written), (unit) => FOLDED[unit] ?? 0) };
        let hash = 0;
        for (const [at, unit] of shape.text.entries()) {
          hash = nextHash(hash, unit);
          const first = at + 1 - GRAM;
          if (first < 0 || first % STRIDE !== 0) continue;
          const alike = grams.get(hash);
          if (alike === undefined) grams.set(hash, [{ shape, at: first }]);
          else if (alike.length < MOST_ALIKE) alike.push({ shape, at: first });
          filter[hash >>> (32 - FILTER_BITS)] = 1;
        }
      }
    },
    piecesIn: (text) => [...viewsOf(text, true)].flatMap(findIn),
    piecesInViews: (text) => [...viewsOf(text, false)].map(findIn),
  };
}
