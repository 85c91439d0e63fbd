import { finished } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { mockLlmArchive, mockLlmConfig } from './mock-llm.ts';

test.each<[string, boolean, boolean]>([
  ['2026.2.19', true, false],
  ['2026.4.1', true, false],
  ['2026.7.1', true, false],
  ['2026.9.6', false, true],
])('on %s agents are a list: %s, or entries: %s, of the same three', (version, isList, isEntries) => {
  const { agents } = mockLlmConfig(version);
  expect(agents).toMatchObject({ defaults: { model: { primary: 'mock/assistant' } } });
  expect([Object.hasOwn(Object(agents), 'list'), Object.hasOwn(Object(agents), 'entries')]).toEqual([
    isList,
    isEntries,
  ]);
});

test('from 2026.8.1 on main is marked as the default agent, without which the config is refused', () => {
  expect(mockLlmConfig('2026.8.1').agents).toMatchObject({
    entries: { main: { subagents: { allowAgents: ['helper'] }, default: true }, helper: {}, outsider: {} },
  });
});

test('the archive contains the mock LLM, and its library without source maps and without a second copy', async () => {
  const names: string[] = [];
  const tar = extract();
  tar.on('entry', ({ name }, stream, next) => {
    names.push(name);
    stream.resume();
    stream.on('end', next);
  });
  tar.end(await mockLlmArchive());
  await finished(tar);
  expect(names).toEqual(
    expect.arrayContaining(['opt/postern/model.mjs', 'opt/aimock/package.json', 'opt/aimock/dist/llmock.js']),
  );
  expect(names.filter((name) => !/\.(m?js|json)$/.test(name))).toEqual([]);
});
