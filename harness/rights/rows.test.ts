import { expect, test } from 'vitest';
import { isOverHttp, nameOfRow } from './matrix.ts';
import { PARAMETER_ROWS } from './parameter-rows.ts';
import { NO_TABLES, rowsOf } from './rows.ts';

const SHIPPED = {
  methods: { 'agents.list': 'operator.read', 'node.event': 'node', 'voicecall.start': null, 'talk.config': 'dynamic' },
  adminPrefixes: ['config.'],
  scopes: [],
};

test('rows are the methods that hello lists or the package ships, and calls with parameters that decide', () => {
  const rows = rowsOf(['agents.list', 'config.set', 'other'], SHIPPED, []).map(({ row }) => row);
  expect(rows).toEqual([
    {
      method: 'agents.list',
      given: null,
      found: ['hello', 'table'],
      declared: 'operator.read',
      needs: ['operator.read'],
    },
    { method: 'config.set', given: null, found: ['hello'], declared: 'operator.admin', needs: ['operator.admin'] },
    { method: 'node.event', given: null, found: ['table'], declared: 'node', needs: null },
    { method: 'other', given: null, found: ['hello'], declared: null, needs: null },
    { method: 'talk.config', given: null, found: ['table'], declared: 'dynamic', needs: null },
    {
      method: 'talk.config',
      given: 'includeSecrets',
      found: ['table'],
      declared: 'dynamic',
      needs: ['operator.read', 'operator.talk.secrets'],
    },
    { method: 'voicecall.start', given: null, found: ['plugin'], declared: null, needs: null },
  ]);
});

test('without tables, the rows are those that hello lists', () => {
  expect(rowsOf(['agent'], NO_TABLES, []).map(({ row }) => nameOfRow(row))).toEqual(['agent']);
});

test('a method that is taken over HTTP has a row for that, and needs the same scope there', () => {
  const rows = rowsOf(['config.set'], SHIPPED, ['agents.list', 'unlisted']);
  expect(rows.map(({ row }) => row).filter(isOverHttp)).toEqual([
    {
      method: 'agents.list',
      given: 'over HTTP',
      found: ['table'],
      declared: 'operator.read',
      needs: ['operator.read'],
    },
    { method: 'unlisted', given: 'over HTTP', found: [], declared: null, needs: null },
  ]);
  expect(rows.map(({ row }) => nameOfRow(row))).toContain('unlisted');
});

test('no two calls with parameters have one name', () => {
  const names = PARAMETER_ROWS.map(nameOfRow);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
