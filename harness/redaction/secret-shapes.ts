/** The encodings in which a secret may occur in headers, URLs, dumps and setup codes. */

/**
 * Gives the base64 of bytes that follow `offset` other bytes: only the characters that these bytes alone decide. The characters at both
 * ends also depend on the neighbouring bytes.
 */
function base64Within(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/**
 * Gives the shapes of a secret: the secret itself, reversed, in hex, in base64 alone, and in base64 after other bytes (`user:secret`, at
 * any of three offsets). FOLDED makes upper and lower case and the two base64 alphabets equal; `viewsOf` undoes escapes.
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

/** The folded value of every UTF-16 unit: letters in lower case, `+/` for `-_`. Units outside of ASCII occur in no shape, and are 0. */
export const FOLDED: Uint8Array = Uint8Array.from({ length: 65_536 }, (_, unit) => {
  if (unit >= 128) return 0;
  const character = String.fromCharCode(unit);
  return ({ '-': '+', _: '/' }[character] ?? character.toLowerCase()).charCodeAt(0);
});
