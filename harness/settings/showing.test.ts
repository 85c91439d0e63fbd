import { expect, test } from 'vitest';
import { configurationsShowing } from './showing.ts';

test('what shows a value is its configuration alone, and the plain one beside it', () => {
  expect(configurationsShowing([{ values: ['any-origin'] }], '2026.9.6')).toEqual(['plain', 'any-origin']);
  expect(configurationsShowing([{ values: ['no-auth', 'every-interface'] }], '2026.4.1')).toEqual(['plain', 'no-auth']);
});

test('what only the audit shows is a configuration at which the audit is asked', () => {
  const [plain, audited = ''] = configurationsShowing([{ values: ['any-origin'], audited: true }], '2026.9.6');
  expect(plain).toBe('plain');
  expect(audited.split(' ')).toContain('any-origin');
});

test('a value that a version does not know is an error', () => {
  expect(() => configurationsShowing([{ values: ['local-by-hand'] }], '2026.4.1')).toThrow(
    'no configuration of 2026.4.1 has local-by-hand',
  );
});
