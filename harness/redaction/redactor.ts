import { randomBytes } from 'node:crypto';
import { whyNoSecret } from './secret-form.ts';
import { createSearch, type Piece } from './secret-search.ts';

/** Every secret of one run, so that whatever is written can be cleared of them. */
export type SecretRegistry = {
  /** Makes a random secret and remembers it under a name. */
  mint(name: string): string;
  /**
   * Remembers a secret that somebody else made, such as a device token issued by the gateway. Gives why it is none, in words that do not
   * show it, where it has not the form of one: then it is not remembered, for it would cut ordinary words out of the evidence.
   */
  learn(name: string, value: string): string | null;
  /** The text with every piece of a remembered secret replaced by its name in guillemets. A piece is 16 characters or more in a row. */
  redact(text: string): string;
  /** The names of remembered secrets of which half or more stands in the text, each once; of these values alone where they are given. */
  leaks(text: string, among?: readonly string[]): string[];
};

/** A secret as `openclaw onboard` makes one, so that nobody can tell it from a person's: 24 random bytes in hex. */
export function newSecret(): string {
  return randomBytes(24).toString('hex');
}

/** An empty vault. */
export function createSecretRegistry(): SecretRegistry {
  const search = createSearch();
  const nameOf = new Map<string, string>();
  const remember = (name: string, value: string): void => {
    if (nameOf.has(value)) return;
    nameOf.set(value, name);
    search.add(value);
  };

  return {
    mint(name) {
      const value = newSecret();
      remember(name, value);
      return value;
    },
    learn(name, value) {
      const why = whyNoSecret(value);
      if (why === null) remember(name, value);
      return why;
    },
    redact(text) {
      const parts: string[] = [];
      let read = 0;
      for (const { from, to, longest } of clustersOf(search.piecesIn(text))) {
        parts.push(text.slice(read, from), `«${nameOf.get(longest.secret)}»`);
        read = to;
      }
      return read === 0 ? text : `${parts.join('')}${text.slice(read)}`;
    },
    leaks(text, among) {
      const wanted = among && new Set(among);
      const pieces = search.piecesInViews(text).flatMap(apart);
      const told = pieces.filter(({ half, secret }) => half && (wanted?.has(secret) ?? true));
      return [...new Set(told.map(({ secret }) => `${nameOf.get(secret)}`))];
    },
  };
}

/** Pieces that overlap, together: what they cover, and the longest of them. */
type Cluster = { from: number; to: number; longest: Piece; pieces: Piece[] };

const lengthOf = ({ from, to }: Piece): number => to - from;

/** In the order of the text. */
function clustersOf(pieces: readonly Piece[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = clusters.at(-1);
    if (last === undefined || piece.from >= last.to) {
      clusters.push({ from: piece.from, to: piece.to, longest: piece, pieces: [piece] });
      continue;
    }
    last.to = Math.max(last.to, piece.to);
    if (lengthOf(piece) > lengthOf(last.longest)) last.longest = piece;
    last.pieces.push(piece);
  }
  return clusters;
}

/** Pieces that do not overlap, longest first: two tokens that begin alike are one in each place, and not a leak of the other. */
function apart(pieces: readonly Piece[]): Piece[] {
  return clustersOf(pieces).flatMap((cluster) => {
    const taken: Piece[] = [];
    for (const piece of cluster.pieces.sort((a, b) => lengthOf(b) - lengthOf(a)))
      if (taken.every(({ from, to }) => piece.to <= from || piece.from >= to)) taken.push(piece);
    return taken;
  });
}
