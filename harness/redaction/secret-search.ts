import { SHORTEST_SECRET } from './secret-form.ts';
import { FOLDED, shapesOf } from './secret-shapes.ts';
import { type View, viewsOf } from './secret-views.ts';

/** A range of a text that equals a part of a secret, in any shape. */
export type Piece = {
  from: number;
  to: number;
  secret: string;
  /** True if the piece is half of the secret or more, and so a leak. */
  half: boolean;
};

/** Finds pieces of secrets in texts. */
export type Search = {
  add(secret: string): void;
  /** Gives every piece of 16 characters or more, with positions in the text. Pieces may overlap, and may occur more than once. */
  piecesIn(text: string): Piece[];
  /** Gives the same for each view of the text, with positions in the view. */
  piecesInViews(text: string): Piece[][];
};

/** A secret in one shape, folded. */
type Shape = { secret: string; text: Uint8Array };
type Gram = { shape: Shape; at: number };
/** A range of a text that equals a part of a shape: from `first` up to, but not including, `end`. */
type Match = { first: number; end: number; shape: Shape };

/** The index has every eighth sequence of eight characters of a shape, so that any fifteen consecutive characters contain one of them. */
const GRAM = 8;
const STRIDE = 8;
/**
 * The most shapes with the same sequence in the index. A gateway may issue thousands of tokens with the same beginning: the first ones find
 * that beginning, and each token finds the rest of itself.
 */
const MOST_ALIKE = 32;
/** The hash shifts by four bits for each character, so that after eight characters a 32-bit hash does not depend on earlier ones. */
const BITS_A_CHARACTER = 4;
/** The filter has one byte for each value of so many bits of the hash; one read of it excludes most positions of most texts. */
const FILTER_BITS = 22;

/** An arbitrary number for each folded character; a constant from the golden ratio spreads them over all bits. */
const MIX: Int32Array = Int32Array.from({ length: 256 }, (_, character) => Math.imul(character + 1, 0x9e3779b1));

function nextHash(hash: number, unit: number): number {
  return (hash << BITS_A_CHARACTER) ^ (MIX[unit] ?? 0);
}

/** Gives the longest match of text and shape around a sequence of eight characters that ends before `end`; none if it is too short. */
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

/** Gives, of the matches at one position, the longest one, the one that begins first, and the one that ends last. */
function widest(matches: readonly Match[]): Match[] {
  if (matches.length < 2) return [...matches];
  const best = (size: (match: Match) => number): Match =>
    matches.reduce((one, other) => (size(other) > size(one) ? other : one));
  return [best(({ first, end }) => end - first), best(({ first }) => -first), best(({ end }) => end)];
}

/**
 * Makes a search without secrets. A run has thousands of shapes and searches each log line, so the time for a text must not depend on the
 * number of shapes.
 */
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
        // A later sequence of the same match gives nothing new.
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
