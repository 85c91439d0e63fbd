import { expect, test } from 'vitest';
import { breakingChanges } from './breaking-changes.ts';

const field = (type: string | readonly string[]): object => ({ type });
const object = (properties: Record<string, object>, required: readonly string[]): object => ({
  type: 'object',
  properties,
  required,
});
const cause = (...words: string[]): object => ({ type: 'string', enum: words });

const BEFORE = object({ run: object({ seed: field('integer'), cause: cause('origin') }, ['seed']) }, ['run']);

test.each<[change: string, after: object, faults: string[]]>([
  ['nothing', BEFORE, []],
  [
    'a field that may be absent',
    object(
      {
        run: object(
          { seed: field('integer'), cause: cause('origin'), shard: object({ of: field('number') }, ['of']) },
          ['seed'],
        ),
      },
      ['run'],
    ),
    [],
  ],
  [
    'a cause',
    object({ run: object({ seed: field('integer'), cause: cause('origin', 'starting') }, ['seed']) }, ['run']),
    [],
  ],
  [
    'a field that must be there',
    object(
      { run: object({ seed: field('integer'), cause: cause('origin'), shard: field('number') }, ['seed', 'shard']) },
      ['run'],
    ),
    ['/properties/run/required: ["seed"] became ["seed","shard"]'],
  ],
  [
    'a field that is gone',
    object({ run: object({ seed: field('integer') }, ['seed']) }, ['run']),
    [
      '/properties/run/properties/cause/type: "string" became nothing',
      '/properties/run/properties/cause/enum: ["origin"] became nothing',
    ],
  ],
  [
    'a field of another type',
    object({ run: object({ seed: field(['integer', 'null']), cause: cause('origin') }, ['seed']) }, ['run']),
    ['/properties/run/properties/seed/type: "integer" became ["integer","null"]'],
  ],
  [
    'another limit of a field',
    object({ run: object({ seed: { type: 'integer', minimum: 0 }, cause: cause('origin') }, ['seed']) }, ['run']),
    ['/properties/run/properties/seed/minimum: nothing became 0'],
  ],
  [
    'a cause that is gone',
    object({ run: object({ seed: field('integer'), cause: cause('starting') }, ['seed']) }, ['run']),
    ['/properties/run/properties/cause/enum: ["origin"] became ["starting"]'],
  ],
])('of a JSON Schema that gains or loses %s', (_, after, faults) => {
  expect(breakingChanges(BEFORE, after)).toEqual(faults);
});
