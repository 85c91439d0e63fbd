import type { CheckResult } from '../results/report.ts';

export type Transcript = NonNullable<CheckResult['transcript']>;
export type TranscriptEntry = Transcript['entries'][number];

/** The sign and the words of each kind of entry. */
const WORDS: Readonly<Record<string, EntryWords>> = {
  requested: { sign: '→', words: 'client asked for a WebSocket' },
  opened: { sign: '●', words: 'opened' },
  sent: { sign: '→', words: 'client sent' },
  received: { sign: '←', words: 'gateway sent' },
  'received-binary': { sign: '←', words: 'gateway sent binary' },
  closed: { sign: '■', words: 'gateway closed' },
  dropped: { sign: '■', words: 'dropped' },
  http: { sign: '←', words: 'gateway answered HTTP' },
};

type EntryWords = { sign: string; words: string };

/** How reports name an entry of a transcript. A kind that this version does not know keeps its own name. */
export function wordsOfEntry({ kind }: TranscriptEntry): EntryWords {
  return WORDS[kind] ?? { sign: '·', words: kind };
}

/** The content of an entry as text, with a frame that is JSON as `layOut` formats its value; empty if the entry has none. */
export function textOfEntry({ at, kind, text, ...rest }: TranscriptEntry, layOut: (json: unknown) => string): string {
  if (typeof text === 'string') return laidOut(text, layOut);
  return Object.entries(rest)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}

function laidOut(text: string, layOut: (json: unknown) => string): string {
  try {
    return layOut(JSON.parse(text));
  } catch {
    return text; // no frame, or one that was cut
  }
}
