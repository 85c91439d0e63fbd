import { expect, test } from 'vitest';
import { changesOf } from './changed-chunks.ts';
import type { Edit } from './patch.ts';

const CHUNKS = [{ path: 'a.js', text: 'function decides() { return false; }' }];
const build = (id: string, edit: Edit, release = '1.2.3') => ({ mutant: { id }, release, edits: [edit] });
const right = build('right', { body: 'decides', with: 'return true;' });

test('each mutant of the release gets its changed chunks', () => {
  const elsewhere = build('elsewhere', { body: 'absent', with: '' }, '1.2.4');
  const changed = changesOf([right, elsewhere], '1.2.3', CHUNKS);
  expect([...changed]).toEqual([[right, [{ path: 'a.js', text: 'function decides() { return true; }' }]]]);
});

test('mutants that do not apply are one error, which names them all', () => {
  const wrong = ['one', 'two'].map((id) => build(id, { body: 'absent', with: '' }));
  expect(() => changesOf([right, ...wrong], '1.2.3', CHUNKS)).toThrow(/one on 1\.2\.3[\s\S]*two on 1\.2\.3/);
});
