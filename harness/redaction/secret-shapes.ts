/** A secret also leaves the house in the shapes that headers, URLs, dumps and encoded codes give it. */

/** What stands at either end of the part of an encoded text that a secret alone decides is shared with its neighbours. */
function base64Within(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/**
 * The shapes of a secret, itself first: backwards, in hex, in base64 of its own and in the middle of other bytes (`user:secret`, at any of
 * three offsets). Upper and lower case and the two alphabets of base64 count as the same in `folded`; escapes are undone in `viewsOf`.
 */
export function shapesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    ...new Set([
      secret,
      [...secret].reverse().join(''),
      bytes.toString('hex'),
      bytes.toString('base64').replace(/=+$/, ''),
      ...[1, 2].map((offset) => base64Within(bytes, offset)),
    ]),
  ];
}

/** What every UTF-16 unit counts as: letters without case, `+/` for `-_`. Units beyond ASCII stand in no shape, and count as nothing. */
export const FOLDED: Uint8Array = Uint8Array.from({ length: 65_536 }, (_, unit) => {
  if (unit >= 128) return 0;
  const character = String.fromCharCode(unit);
  return ({ '-': '+', _: '/' }[character] ?? character.toLowerCase()).charCodeAt(0);
});
