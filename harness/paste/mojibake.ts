/**
 * Windows-1252 for the bytes 0x80 to 0x9f, where it differs from Latin-1: the character of each byte, from 0x80 on. A byte without a
 * character of its own keeps its C1 control character.
 */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const BYTE_OF: ReadonlyMap<string, number> = new Map([...HIGH].map((character, index) => [character, 0x80 + index]));

/** The characters that follow in UTF-8 that was read as Windows-1252: those of the bytes 0x80 to 0xbf. */
const NEXT = `[\u0080-\u00bf${HIGH}]`;

/**
 * A character in UTF-8 that was read as Windows-1252. Two bytes are taken only after Â and Ã: after other letters the pair is rather a word
 * of some language.
 */
const SUSPECT = new RegExp(
  `[\u00c2\u00c3]${NEXT}|[\u00e0-\u00ef]${NEXT}${NEXT}|[\u00f0-\u00f4]${NEXT}${NEXT}${NEXT}`,
  'g',
);

/** How often a text may have been read wrongly, one time after the other. */
const MOST_TIMES = 2;

/** The text, with characters that were decoded as Windows-1252 instead of UTF-8 put right: `donâ€™t` becomes `don’t`. */
export function withoutMojibake(text: string): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let repaired = text;
  for (let time = 0; time < MOST_TIMES; time += 1) {
    const before = repaired;
    repaired = before.replace(SUSPECT, (suspect) => {
      const bytes = [...suspect].map((character) => BYTE_OF.get(character) ?? character.charCodeAt(0));
      try {
        return decoder.decode(Uint8Array.from(bytes));
      } catch {
        return suspect; // these bytes are no UTF-8, so the characters are meant
      }
    });
    if (repaired === before) break;
  }
  return repaired;
}
