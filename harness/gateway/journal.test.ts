import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createVault } from '../secrets.ts';
import { createJournal, type ReadLine } from './journal.ts';

const read = (raw: string): ReadLine => ({ stamp: raw.slice(0, 2), text: raw.slice(3) });

test('lines stand in the order of the engine, though one pipe was read before the other; our own stay where they were', async () => {
  const journal = createJournal(null, createVault());
  const stream = new PassThrough();
  const followed = journal.follow(stream, read);
  stream.write('01 listening\n');
  await journal.waitFor(0, (text) => text === 'listening', 1_000);
  const mark = journal.mark();
  stream.write('03 proxy headers\n02 open\n');
  await journal.waitFor(mark, (text) => text === 'open', 1_000);
  journal.add('[postern] a word of ours');
  stream.end('04 closed\n');
  await followed;
  expect(journal.since(mark).map(({ text }) => text)).toEqual([
    'open',
    '[postern] a word of ours',
    'proxy headers',
    'closed',
  ]);
  expect(journal.since(0).map(({ index }) => index)).toEqual([0, 2, 3, 1, 4]);
});
