import { expect, test } from 'vitest';
import { readBuildLine } from './build.ts';

const encoded = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['what a step printed', `${encoded('npm error code E404\n')}\n`, ['npm error code E404']],
  ['several lines at once', encoded('one\r\ntwo\n\n'), ['one', 'two']],
  [
    'a notice of the engine',
    '[sha256:ee3c1] [internal] load remote build context\n',
    ['[sha256:ee3c1] [internal] load remote build context'],
  ],
  ['the id of the image', 'Built image: sha256:0123\n', ['Built image: sha256:0123']],
  ['nothing', '\n', []],
])('a line of a build: %s', (_, line, expected) => {
  expect(readBuildLine(line)).toEqual(expected);
});
