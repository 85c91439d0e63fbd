import { expect, test } from 'vitest';
import { ownCode, ownLink, ownProse } from './own-markdown.ts';

test.each<[string, string, string]>([
  ['a range of releases', 'on >=2026.2.25 <2026.8.1 or <=2026.1.2', 'on >=2026.2.25 <2026.8.1 or <=2026.1.2'],
  ['punctuation', "roles: a (b), c_d@e {f} ~g & h's", "roles: a (b), c_d@e {f} ~g & h's"],
  ['the issue of a repository', 'see openclaw/openclaw#55286', 'see openclaw/openclaw#55286'],
  ['the number of an issue', '#123 and (#45)', '\\#123 and (\\#45)'],
  ['cells', 'a | b', 'a \\| b'],
  ['tags', 'the <token> of </a> <!-- <2026', 'the \\<token> of \\</a> \\<!-- <2026'],
  ['links', '[a](https://evil.invalid) [b]', '[a]\\(https://evil.invalid) [b]'],
  ['emphasis', '*a* _b_ ~~c~~', '\\*a\\* \\_b\\_ \\~~c\\~~'],
  ['entities and escapes', '&lt; &#60; \\|', '\\&lt; \\&\\#60; \\\\\\|'],
  ['code that its author meant', 'run `a | b <c> *` twice', 'run `a \\| b <c> *` twice'],
  ['one backtick', 'a ` b', 'a \\` b'],
  ['more than a line', 'a\n# b', 'a # b'],
])('prose with %s', (_label, text, markdown) => {
  expect(ownProse(text)).toBe(markdown);
});

test('code is not escaped', () => {
  expect(ownCode('<2026.5.28 || >=2026.9.6')).toBe('`<2026.5.28 \\|\\| >=2026.9.6`');
});

test.each<[string, string]>([
  ['openclaw/openclaw#55286', '[openclaw/openclaw#55286](https://github.com/openclaw/openclaw/issues/55286)'],
  ['GHSA-rqpp-rjj8-7wv8', '[GHSA-rqpp-rjj8-7wv8](https://github.com/advisories/GHSA-rqpp-rjj8-7wv8)'],
  ['the pairing page: roles', 'the pairing page: roles'],
])('%s is a link if it has a URL', (reported, markdown) => {
  expect(ownLink(reported)).toBe(markdown);
});
