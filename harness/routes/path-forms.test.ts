import { expect, test } from 'vitest';
import { FORMS } from './dimensions.ts';
import { targetOf } from './path-forms.ts';

const all = (path: string): string[] => FORMS.map((form) => targetOf(path, form, 'gateway:18789'));

test('a path of two segments is written in each form', () => {
  expect(all('/tools/invoke')).toEqual([
    '/tools/invoke',
    '//tools/invoke',
    '/./tools/invoke',
    '/assets/../tools/invoke',
    '/assets/%2e%2e/tools/invoke',
    '/tools%2finvoke',
    '/tools/invoke;x=1',
    '/TOOLS/INVOKE',
    '/tools/invoke.',
    '/tools/invoke/',
    'http://gateway:18789/tools/invoke',
  ]);
});

test('a path of one segment gets its encoded slash in front, and a query stays behind the path as it is', () => {
  expect(all('/readyz?token=Abc')).toEqual([
    '/readyz?token=Abc',
    '//readyz?token=Abc',
    '/./readyz?token=Abc',
    '/assets/../readyz?token=Abc',
    '/assets/%2e%2e/readyz?token=Abc',
    '/%2freadyz?token=Abc',
    '/readyz;x=1?token=Abc',
    '/READYZ?token=Abc',
    '/readyz.?token=Abc',
    '/readyz/?token=Abc',
    'http://gateway:18789/readyz?token=Abc',
  ]);
});
