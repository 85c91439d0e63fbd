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

/** An empty vault. Secrets are 24 random bytes in hex, with a prefix that makes a leak easy to spot by eye. */
export function createVault(): Vault {
  const nameOf = new Map<string, string>();
  let longestFirst: [shape: string, name: string][] = [];

  const learn = (name: string, value: string): void => {
    if (value.length < SHORTEST_SECRET || nameOf.has(value)) return;
    for (const shape of shapesOf(value)) nameOf.set(shape, name);
    longestFirst = [...nameOf].sort(([a], [b]) => b.length - a.length);
  };

  const rememberedShapesOf = (value: string): [shape: string, name: string][] =>
    shapesOf(value).flatMap((shape): [string, string][] => {
      const name = nameOf.get(shape);
      return name === undefined ? [] : [[shape, name]];
    });

  return {
    mint(name) {
      const value = `pstn-${randomBytes(24).toString('hex')}`;
      learn(name, value);
      return value;
    },
    learn,
    redact(text) {
      let clean = text;
      for (const [shape, name] of longestFirst) {
        if (clean.includes(shape)) clean = clean.replaceAll(shape, `«${name}»`);
      }
      return clean;
    },
    leaks(text, among) {
      const shapes = among === undefined ? longestFirst : among.flatMap(rememberedShapesOf);
      return [...new Set(shapes.filter(([shape]) => text.includes(shape)).map(([, name]) => name))];
    },
  };
}
