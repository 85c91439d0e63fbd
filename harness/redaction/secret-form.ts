import { VOCABULARY } from './vocabulary.ts';

/** Shorter values would cut ordinary words out of the evidence, and can be guessed. In characters. */
export const SHORTEST_SECRET = 16;

/** What tokens are written in: base64 of both alphabets, hex, UUIDs, and the other characters of a bearer token (RFC 6750). */
const TOKEN = /^[A-Za-z0-9._~+/=-]+$/;

/**
 * Least randomness of a secret, in bits, estimated from how often each of its characters occurs. Sixteen random hex digits have about 52,
 * the 43 characters that published releases issue about 200.
 */
const LEAST_BITS = 48;

/** Random text changes between digits and letters of both cases at every second or third character; words and numbers hardly ever do. */
const MOST_CHARACTERS_A_CHANGE = 16;

/** Hex in the length of a UUID or more: one in 100,000 UUIDs changes so rarely between digits and letters that it looks like a number. */
const HEX = /^(?=.*[a-f])(?:[0-9a-f]-?){32,}$/;

/**
 * Why a value that a gateway issued as a token is no secret, in words that do not show it; null where it has the form of one. Published
 * releases issue 32 random bytes in base64url as device and bootstrap tokens (read in the packages of 2026.2.19, 2026.4.1 and 2026.9.6).
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

/** Shannon's entropy of the characters, times their number. */
function bitsIn(value: string): number {
  const counts = Map.groupBy(value, (character) => character);
  const perCharacter = [...counts.values()].reduce((sum, { length }) => {
    const share = length / value.length;
    return sum - share * Math.log2(share);
  }, 0);
  return perCharacter * value.length;
}

/** How often digits, capitals and small letters follow on each other. A capital that begins a word counts as small; other characters do not. */
function changesIn(value: string): number {
  const kinds = value
    .replace(/[^A-Za-z0-9]/g, '')
    .replace(/[A-Z]?[a-z]/g, (letters) => 'a'.repeat(letters.length))
    .replace(/[A-Z]/g, 'A')
    .replace(/[0-9]/g, '0');
  return [...kinds].filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
}
