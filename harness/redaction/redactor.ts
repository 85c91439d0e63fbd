import { randomBytes } from 'node:crypto';
import { whyNoSecret } from './secret-form.ts';
import { createSearch, type Piece } from './secret-search.ts';

/** Holds every secret of one run, replaces them in texts, and finds them. */
export type SecretRegistry = {
  /** Makes a random secret, registers it under this name, and gives it. */
  mint(name: string): string;
  /**
   * Registers a secret that the gateway or a client made, such as a device token, and gives null. If the value does not have the form of a
   * secret, it is not registered, because `redact` would remove ordinary words from the evidence. Then the function gives the reason, in a
   * text without the value.
   */
  learn(name: string, value: string): string | null;
  /** Gives the text with every piece (16 or more consecutive characters) of a registered secret replaced by its name in guillemets. */
  redact(text: string): string;
  /** Gives the names of registered secrets of which the text has half or more, without duplicates; with `among`, of these values only. */
  leaks(text: string, among?: readonly string[]): string[];
};

/** Makes a secret as `openclaw onboard` does, so that a gateway cannot distinguish it from a user's: 24 random bytes in hex. */
export function newSecret(): string {
  return randomBytes(24).toString('hex');
}

/** Makes a registry without secrets. */
export function createSecretRegistry(): SecretRegistry {
  const search = createSearch();
  const nameOf = new Map<string, string>();
  const register = (name: string, value: string): void => {
    if (nameOf.has(value)) return;
    nameOf.set(value, name);
    search.add(value);
  };

  return {
    mint(name) {
      const value = newSecret();
      register(name, value);
      return value;
    },
    learn(name, value) {
      const why = whyNoSecret(value);
      if (why === null) register(name, value);
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
      const pieces = search.piecesInViews(text).flatMap(withoutOverlaps);
      const leaked = pieces.filter(({ half, secret }) => half && (wanted?.has(secret) ?? true));
      return [...new Set(leaked.map(({ secret }) => `${nameOf.get(secret)}`))];
    },
  };
}

/** Pieces that overlap: the range that they cover, the longest piece, and all of them. */
type Cluster = { from: number; to: number; longest: Piece; pieces: Piece[] };

const lengthOf = ({ from, to }: Piece): number => to - from;

/** Groups pieces that overlap; gives the groups in the order of the text. */
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

/**
 * Gives pieces that do not overlap; of those that do, the longest. So if two tokens begin with the same characters, a text that has one of
 * them is no leak of the other.
 */
function withoutOverlaps(pieces: readonly Piece[]): Piece[] {
  return clustersOf(pieces).flatMap((cluster) => {
    const taken: Piece[] = [];
    for (const piece of cluster.pieces.sort((a, b) => lengthOf(b) - lengthOf(a)))
      if (taken.every(({ from, to }) => piece.to <= from || piece.from >= to)) taken.push(piece);
    return taken;
  });
}
