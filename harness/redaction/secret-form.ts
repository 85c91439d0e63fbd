import { VOCABULARY } from './vocabulary.ts';

/** The least length of a secret in characters. A shorter value can be guessed, and to redact it would remove ordinary words. */
export const SHORTEST_SECRET = 16;

/** The characters of tokens: base64 of both alphabets, hex, UUIDs, and the other characters of a bearer token (RFC 6750). */
const TOKEN = /^[A-Za-z0-9._~+/=-]+$/;

/**
 * The least entropy of a secret in bits, estimated from the frequency of its characters. Sixteen random hex digits have about 52 bits; the
 * 43 characters that published releases issue have about 200.
 */
const LEAST_BITS = 48;

/**
 * The most characters for one change between digits, capitals and small letters. Random text changes at every second or third character;
 * words and numbers hardly ever change.
 */
const MOST_CHARACTERS_A_CHANGE = 16;

/** Hex of the length of a UUID or more. Such a value is not tested for changes: one in 100,000 UUIDs changes as rarely as a number. */
const HEX = /^(?=.*[a-f])(?:[0-9a-f]-?){32,}$/;

/**
 * Gives the reason why a value that a gateway issued as a token is no secret, in a text without the value; null if it has the form of one.
 * Published releases issue 32 random bytes in base64url as device and bootstrap tokens (read in the packages of 2026.2.19, 2026.4.1 and
 * 2026.9.6).
 */
export function whyNoSecret(value: string): string | null {
  if (value.length < SHORTEST_SECRET) return `it has only ${value.length} characters`;
  if (!TOKEN.test(value)) return 'it has characters that no token has';
  if (VOCABULARY.has(value.toLowerCase())) return 'it is a word of the protocol';
  if (bitsIn(value) < LEAST_BITS) return 'it repeats few characters';
  if (HEX.test(value)) return null;
  if (changesIn(value) * MOST_CHARACTERS_A_CHANGE < value.length) return 'it is made of words or numbers';
  return null;
}

/** Gives the Shannon entropy of the characters, times their number, in bits. */
function bitsIn(value: string): number {
  const counts = Map.groupBy(value, (character) => character);
  const perCharacter = [...counts.values()].reduce((sum, { length }) => {
    const share = length / value.length;
    return sum - share * Math.log2(share);
  }, 0);
  return perCharacter * value.length;
}

/**
 * Counts the changes between digits, capitals and small letters; other characters do not count. A capital at the start of a word counts as
 * small.
 */
function changesIn(value: string): number {
  const kinds = value
    .replace(/[^A-Za-z0-9]/g, '')
    .replace(/[A-Z]?[a-z]/g, (letters) => 'a'.repeat(letters.length))
    .replace(/[A-Z]/g, 'A')
    .replace(/[0-9]/g, '0');
  return [...kinds].filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
}
