/** How far a handshake came, in order. What was never reached cannot have been refused. */
export const PHASES = ['connecting', 'upgrading', 'awaiting-challenge', 'awaiting-hello', 'awaiting-close'] as const;
export type Phase = (typeof PHASES)[number];

/** One thing that happened on the wire, `at` milliseconds after the knock began. */
export type TranscriptEntry =
  | { at: number; kind: 'opened' }
  | { at: number; kind: 'sent' | 'received'; text: string; bytes: number }
  | { at: number; kind: 'received-binary'; bytes: number }
  | { at: number; kind: 'closed'; code: number; reason: string }
  | { at: number; kind: 'dropped'; why: string }
  | { at: number; kind: 'http'; status: number; body: string };

/** The gateway's own words when it refuses a request. */
export type ErrorShape = { code: string; message: string; details: Record<string, unknown> };

/** How a handshake ended. `phase` is the one it ended in. */
export type HandshakeEnd =
  | { kind: 'hello'; payload: Record<string, unknown> }
  | { kind: 'closed'; phase: Phase; code: number; reason: string; error: ErrorShape | null }
  | { kind: 'http'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'dropped'; phase: Phase; error: ErrorShape | null }
  | { kind: 'timeout'; phase: Phase; afterMs: number; error: ErrorShape | null }
  | { kind: 'unreachable'; why: string }
  | { kind: 'unreadable'; phase: Phase; why: string };

/** Everything one knock put on the wire and got back, with what it was asked to be. Holds secrets until it is redacted. */
export type Transcript = {
  url: string;
  headers: Record<string, string>;
  startedAt: string;
  entries: TranscriptEntry[];
};

/** Adds to one transcript and keeps it within bounds. */
export type Recorder = {
  readonly transcript: Transcript;
  add(entry: WithoutTime): void;
  /** Milliseconds since the knock began. */
  elapsed(): number;
};

type WithoutTime = TranscriptEntry extends infer Entry
  ? Entry extends { at: number }
    ? Omit<Entry, 'at'>
    : never
  : never;

/** hello-ok carries a snapshot of the whole gateway: what matters for access stands in its first kilobytes. */
const KEPT_CHARACTERS = 6_000;
/** A connection that is kept open for long hears ticks and health events without end. */
const KEPT_ENTRIES = 200;

/** Starts a transcript now. */
export function createRecorder(url: string, headers: Readonly<Record<string, string>>): Recorder {
  const began = performance.now();
  const elapsed = (): number => Math.round((performance.now() - began) * 10) / 10;
  const transcript: Transcript = { url, headers: { ...headers }, startedAt: new Date().toISOString(), entries: [] };
  return {
    transcript,
    elapsed,
    add(entry) {
      if (transcript.entries.length >= KEPT_ENTRIES) return;
      const kept =
        'text' in entry && entry.text.length > KEPT_CHARACTERS
          ? { ...entry, text: `${entry.text.slice(0, KEPT_CHARACTERS)} …` }
          : entry;
      transcript.entries.push({ at: elapsed(), ...kept });
    },
  };
}
