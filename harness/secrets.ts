import { randomBytes } from 'node:crypto';

/** Every secret of one run, so that whatever is written can be cleared of them. */
export type Vault = {
  /** Makes a random secret and remembers it under a name. */
  mint(name: string): string;
  /** Remembers a secret that somebody else made, such as a device token issued by the gateway. */
  learn(name: string, value: string): void;
  /** The text with every remembered secret replaced by its name in guillemets. */
  redact(text: string): string;
  /** The names of remembered secrets that stand in the text, each once; of these values alone where they are given. */
  leaks(text: string, among?: readonly string[]): string[];
};

/** Shorter values would blank out ordinary words of a log. */
const SHORTEST_SECRET = 8;

/** A secret also leaves the house in the shapes that headers, URLs and encoded setup codes give it. */
function shapesOf(value: string): string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  const base64url = Buffer.from(value).toString('base64url');
  const inJson = JSON.stringify(value).slice(1, -1);
  return [...new Set([value, inJson, encodeURIComponent(value), base64, base64url])];
}

/** A secret as `openclaw onboard` makes one, so that nobody can tell it from a person's: 24 random bytes in hex. */
export function newSecret(): string {
  return randomBytes(24).toString('hex');
}

/** An empty vault. */
export function createVault(): Vault {
  const nameOf = new Map<string, string>();
  // A run has thousands of shapes, and clears each line of each log: looked up by how they begin, a line is read once.
  const byBeginning = new Map<string, string[]>();

  const learn = (name: string, value: string): void => {
    if (value.length < SHORTEST_SECRET || nameOf.has(value)) return;
    for (const shape of shapesOf(value)) {
      if (!nameOf.has(shape)) {
        const beginning = shape.slice(0, SHORTEST_SECRET);
        byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), shape]);
      }
      nameOf.set(shape, name);
    }
  };

  const shapesIn = (text: string): Set<string> => {
    const found = new Set<string>();
    for (let at = 0; at + SHORTEST_SECRET <= text.length; at += 1) {
      const alike = byBeginning.get(text.slice(at, at + SHORTEST_SECRET));
      if (alike !== undefined) for (const shape of alike) if (text.startsWith(shape, at)) found.add(shape);
    }
    return found;
  };

  return {
    mint(name) {
      const value = newSecret();
      learn(name, value);
      return value;
    },
    learn,
    redact(text) {
      // Longest first: a shape may stand within another.
      const shapes = [...shapesIn(text)].sort((a, b) => b.length - a.length);
      return shapes.reduce((clean, shape) => clean.replaceAll(shape, `«${nameOf.get(shape)}»`), text);
    },
    leaks(text, among) {
      const wanted = among && new Set(among.flatMap(shapesOf));
      const shapes = [...shapesIn(text)].filter((shape) => wanted?.has(shape) ?? true);
      const names = shapes.sort((a, b) => b.length - a.length).map((shape) => `${nameOf.get(shape)}`);
      return [...new Set(names)];
    },
  };
}
