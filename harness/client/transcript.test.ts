import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { TRANSCRIPT_CHARACTERS } from '../limits.ts';
import { createRecorder, type TranscriptEntry } from './transcript.ts';

const MIB = 1024 * 1024;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function recorded(texts: readonly string[]): TranscriptEntry[] {
  const { transcript, add } = createRecorder('ws://127.0.0.1/', {}, () => {});
  for (const text of texts) add({ kind: 'received', text, bytes: Buffer.byteLength(text) });
  return transcript.entries;
}

test('a long frame keeps its beginning, with its length and SHA-256', () => {
  const text = `{"a":"${'x'.repeat(2_000)}"}`;
  expect(recorded([text])).toEqual([
    {
      at: expect.any(Number),
      kind: 'received',
      bytes: text.length,
      text: `${text.slice(0, 1_500)} … (cut: ${text.length} characters, SHA-256 ${sha256(text)})`,
    },
  ]);
});

test('a transcript keeps the first and the last of many frames within its budget', () => {
  const flood = Array.from({ length: 1_000 }, (_, index) => `"hello-ok" ${index} ${'x'.repeat(10_000)}`);
  const entries = recorded(flood);
  const kept = entries.reduce((sum, entry) => sum + ('text' in entry ? entry.text.length : 0), 0);
  const notes = 201 * 150;
  expect(kept).toBeLessThan(TRANSCRIPT_CHARACTERS + notes);
  const begins = (how: RegExp): boolean => entries.some((entry) => 'text' in entry && how.test(entry.text));
  expect([begins(/^"hello-ok" 0 x/), begins(/^"hello-ok" 9\d\d x/)]).toEqual([true, true]);
});

/** A program that keeps the transcripts of 48 frames of 1 MB, drops the frames, and prints by how many bytes the heap has grown. */
const KEEPS_48_MB = `
  import { createRecorder } from ${JSON.stringify(new URL('./transcript.ts', import.meta.url).href)};
  const heap = () => { gc(); gc(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
  const before = heap();
  const kept = Array.from({ length: 48 }, (_, index) => {
    const { transcript, add } = createRecorder('', {}, () => {});
    add({ kind: 'received', text: Buffer.alloc(1024 * 1024, 97 + (index % 26)).toString('utf8'), bytes: 0 });
    return transcript;
  });
  const grown = heap() - before;
  console.log(JSON.stringify({ grown, kept: kept.length }));
`;

test('of 48 MB of frames only the kept beginnings stay in memory', () => {
  const said = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', KEEPS_48_MB], {
    encoding: 'utf8',
  });
  const { grown, kept } = JSON.parse(said);
  expect(kept).toBe(48);
  expect(grown).toBeLessThan(MIB);
});
