import { expect, test } from 'vitest';
import { TABLE_PROPERTIES } from '../pairwise/properties.ts';
import { SEQUENCE_PROPERTIES } from '../stateful/properties.ts';
import * as shared from './shared.ts';

test('each shared statement is the statement of one property of a knock and of one of a sequence', () => {
  for (const { statement, sources } of Object.values(shared)) {
    for (const properties of [TABLE_PROPERTIES, SEQUENCE_PROPERTIES]) {
      const having = properties.filter((property) => property.statement === statement);
      expect(having.map((property) => property.sources)).toEqual([sources]);
    }
  }
});

test('no statement is written in both places', () => {
  const written = new Set<string>(TABLE_PROPERTIES.map(({ statement }) => statement));
  const inBoth = SEQUENCE_PROPERTIES.map(({ statement }) => statement).filter((statement) => written.has(statement));
  expect(inBoth.sort()).toEqual(
    Object.values(shared)
      .map(({ statement }) => statement)
      .sort(),
  );
});
