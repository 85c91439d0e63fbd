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
  /** Every piece of 16 characters or more; some may overlap, and some may be told more than once. */
  piecesIn(text: string): Piece[];
};

/** A secret in one shape, folded. */
type Shape = { secret: string; text: Uint8Array };
type Gram = { shape: Shape; at: number };

/** Every eighth run of eight characters of a shape is looked up, so that any fifteen in a row hold one of them whole. */
const GRAM = 8;
const STRIDE = 8;
/** Four bits a character: after eight of them, a 32-bit hash has forgotten what was before. */
const BITS_A_CHARACTER = 4;
/** One byte for each value of so many bits: most characters of most texts are ruled out by one look at it. */
const FILTER_BITS = 22;

/** An arbitrary, odd number for each folded character; half of the golden ratio spreads them over all bits. */
const MIX: Int32Array = Int32Array.from({ length: 256 }, (_, character) => Math.imul(character + 1, 0x9e3779b1));

function nextHash(hash: number, unit: number): number {
  return (hash << BITS_A_CHARACTER) ^ (MIX[unit] ?? 0);
}

/** An empty search. A run has thousands of shapes and reads each line of each log: what one text costs must not depend on their number. */
export function createSearch(): Search {
  const grams = new Map<number, Gram[]>();
  const filter = new Uint8Array(2 ** FILTER_BITS);

  const findIn = ({ text, from, to }: View, found: Piece[]): void => {
    const at = (position: number): number => FOLDED[text.charCodeAt(position)] ?? 0;
    let hash = 0;
    let lastSecret = '';
    let lastEnd = 0;
    for (let end = 1; end <= text.length; end += 1) {
      hash = nextHash(hash, at(end - 1));
      if (filter[hash >>> (32 - FILTER_BITS)] === 0 || end < GRAM) continue;
      for (const { shape, at: inShape } of grams.get(hash) ?? []) {
        if (shape.secret === lastSecret && end <= lastEnd) continue;
        let first = end - GRAM;
        let shapeFirst = inShape;
        while (first > 0 && shapeFirst > 0 && at(first - 1) === shape.text[shapeFirst - 1]) {
          first -= 1;
          shapeFirst -= 1;
        }
        let length = 0;
        while (first + length < text.length && at(first + length) === shape.text[shapeFirst + length]) length += 1;
        if (length < SHORTEST_SECRET || first + length < end) continue;
        lastSecret = shape.secret;
        lastEnd = first + length;
        found.push({
          from: from?.[first] ?? first,
          to: to?.[first + length - 1] ?? first + length,
          secret: shape.secret,
          half: length * 2 >= shape.text.length,
        });
      }
    }
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
          else alike.push({ shape, at: first });
          filter[hash >>> (32 - FILTER_BITS)] = 1;
        }
      }
    },
    piecesIn(text) {
      const found: Piece[] = [];
      for (const view of viewsOf(text)) findIn(view, found);
      return found;
    },
  };
}
