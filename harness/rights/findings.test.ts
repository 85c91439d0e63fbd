import { expect, test } from 'vitest';
import { compareMatrices } from './compare.ts';
import { findingsOf, newOpenMethods, withoutFindings } from './findings.ts';
import { ALLOWED, matrixWith, ROWS } from './matrix.fixture.ts';
import { nameOfRow } from './matrix.ts';

const OPEN = matrixWith({ 'config.set': { 'remote/read': ALLOWED } });

test('a breach is a finding with the statement of its property', () => {
  expect(findingsOf(matrixWith())).toEqual([]);
  expect(findingsOf(OPEN)).toEqual([
    {
      property: 'a-call-needs-its-scope',
      statement: 'An operator reaches a method only with the scope that its release declares, or one that implies it.',
      where: 'config.set',
      callers: ['remote/read'],
      seen: 'allowed',
    },
    {
      property: 'remote-callers-reach-no-more',
      statement: 'A remote caller reaches nothing that a local one with the same credential and scopes does not reach.',
      where: 'config.set',
      callers: ['remote/read'],
      seen: 'allowed',
    },
  ]);
});

test('a property that is not claimed for a release gives no finding there', () => {
  const denied = matrixWith({ 'agents.list': { 'remote/admin': { kind: 'denied-scope', scope: 'operator.read' } } });
  expect(findingsOf({ ...denied, version: '2026.2.19' })).toEqual([]);
  expect(findingsOf({ ...denied, version: 'dev' }).map(({ property }) => property)).toEqual(['a-scope-suffices']);
});

test('a new method that needs no scope is a finding; an old one, or one that needs a scope, is none', () => {
  const base = matrixWith(
    {},
    ROWS.filter(({ method }) => method !== 'plugin.run' && method !== 'config.set'),
  );
  const head = matrixWith({ 'plugin.run': { 'remote/none': ALLOWED } });
  expect(newOpenMethods(compareMatrices(base, head), head)).toEqual([
    {
      property: 'new-methods-need-a-scope',
      statement: 'A method that the base does not have is denied to an operator without a scope.',
      where: 'plugin.run',
      callers: ['remote/none'],
      seen: 'allowed',
    },
  ]);
  expect(newOpenMethods(compareMatrices(head, head), head)).toEqual([]);
});

test('what others may read lacks the rows of the findings', () => {
  const shown = withoutFindings(OPEN, findingsOf(OPEN));
  expect(shown.rows.map(nameOfRow)).toEqual(ROWS.map(nameOfRow).filter((name) => name !== 'config.set'));
  expect(findingsOf(shown)).toEqual([]);
});
