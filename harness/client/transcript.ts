import { ENTRY_CHARACTERS, FIRST_ENTRIES, HELLO_CHARACTERS, LAST_ENTRIES, TRANSCRIPT_CHARACTERS } from '../limits.ts';
import { cutTo } from '../text/cut.ts';

/** The phases of a handshake, in order. A phase that was not reached cannot have been refused. */
export const PHASES = ['connecting', 'upgrading', 'awaiting-challenge', 'awaiting-hello', 'awaiting-close'] as const;
export type Phase = (typeof PHASES)[number];

/** One event on the connection, `at` milliseconds after the knock began. */
export type TranscriptEntry =
  /** The head of the HTTP request, one header a line. A browser does not tell the harness its own. */
  | { at: number; kind: 'requested'; text: string }
  | { at: number; kind: 'opened' }
  | { at: number; kind: 'sent' | 'received'; text: string; bytes: number }
  | { at: number; kind: 'received-binary'; bytes: number }
  | { at: number; kind: 'closed'; code: number; reason: string }
  | { at: number; kind: 'dropped'; why: string }
  | { at: number; kind: 'http'; status: number; body: string }
  | { at: number; kind: 'left-out'; entries: number };

/** The error with which the gateway refuses a request. */
export type ErrorShape = { code: string; message: string; details: Record<string, unknown> };

/** How a handshake ended, and in which phase. */
export type HandshakeEnd =
  | { kind: 'hello'; payload: Record<string, unknown> }
  | { kind: 'closed'; phase: Phase; code: number; reason: string; error: ErrorShape | null }
  | { kind: 'http'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'dropped'; phase: Phase; error: ErrorShape | null }
  | { kind: 'timeout'; phase: Phase; afterMs: number; error: ErrorShape | null }
  | { kind: 'unreachable'; why: string }
  | { kind: 'unreadable'; phase: Phase; why: string };

/** What one knock sent and received, with its URL and forged headers. It contains secrets until it is redacted. */
export type Transcript = {
  url: string;
  headers: Record<string, string>;
  startedAt: string;
  entries: TranscriptEntry[];
};

/** Gives the id of the first request of a knock; null if it sent none. */
export function requestOf({ entries }: Transcript): string | null {
  const [sent] = entries.flatMap((entry) => (entry.kind === 'sent' ? [entry.text] : []));
  return sent === undefined ? null : (/"id":"([^"]+)"/.exec(sent)?.[1] ?? null);
}

/** True if the WebSocket was opened, so that the gateway neither answered in plain HTTP nor stayed silent. */
export function wasOpened({ entries }: Transcript): boolean {
  return entries.some(({ kind }) => kind === 'opened');
}

/** Adds entries to one transcript, and keeps it within the limits of harness/limits.ts. */
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

/** Starts a transcript at the present time. `hear` receives every text from the gateway, complete, before the transcript is shortened. */
export function createRecorder(
  url: string,
  headers: Readonly<Record<string, string>>,
  hear: (text: string) => void,
): Recorder {
  const began = performance.now();
  const elapsed = (): number => Math.round((performance.now() - began) * 10) / 10;
  const transcript: Transcript = { url, headers: { ...headers }, startedAt: new Date().toISOString(), entries: [] };
  return {
    transcript,
    elapsed,
    add(entry) {
      const { entries } = transcript;
      if (entry.kind === 'received') hear(entry.text);
      if (entry.kind === 'closed') hear(entry.reason);
      if (entry.kind === 'http') hear(entry.body);
      entries.push({ at: elapsed(), ...keptOf(entry, roomIn(entries)) });
      if (entries.length <= FIRST_ENTRIES + 1 + LAST_ENTRIES) return;
      const gap = entries[FIRST_ENTRIES];
      const [marked, dropped] = gap?.kind === 'left-out' ? [gap.entries, 2] : [0, 1];
      const at = gap?.at ?? 0;
      entries.splice(FIRST_ENTRIES, dropped, { at, kind: 'left-out', entries: marked + 1 });
    },
  };
}

/** Gives the characters that the next entry may have. Half of the budget is for the first entries, and half for the last ones. */
function roomIn(entries: readonly TranscriptEntry[]): number {
  const among = entries.length < FIRST_ENTRIES ? entries : entries.slice(FIRST_ENTRIES);
  const taken = among.reduce((sum, entry) => sum + textOf(entry).length, 0);
  return Math.max(0, TRANSCRIPT_CHARACTERS / 2 - taken);
}

function textOf(entry: WithoutTime): string {
  if ('text' in entry) return entry.text;
  return entry.kind === 'http' ? entry.body : '';
}

function keptOf(entry: WithoutTime, room: number): WithoutTime {
  const text = textOf(entry);
  const kept = cutTo(text, Math.min(room, text.includes('"hello-ok"') ? HELLO_CHARACTERS : ENTRY_CHARACTERS));
  if ('text' in entry) return { ...entry, text: kept };
  return entry.kind === 'http' ? { ...entry, body: kept } : entry;
}
