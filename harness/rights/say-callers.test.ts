import { expect, test } from 'vitest';
import { sayCallers } from './say-callers.ts';

test.each([
  [['local/read', 'remote/read'], 'read'],
  [['remote/read', 'local/none'], 'remote/read, local/none'],
  // A phone is never local, so one place is every place.
  [['remote/setup-code', 'local/node', 'remote/node'], 'setup-code, node'],
  [[], ''],
])('%j is said as "%s"', (ids, said) => {
  expect(sayCallers(ids)).toBe(said);
});
