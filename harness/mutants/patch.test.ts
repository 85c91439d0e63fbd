import { describe, expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import type { Chunk } from './ast.ts';
import { type Edit, patched } from './patch.ts';

const NET: Chunk = {
  path: 'net-A1.js',
  text: `import { t as log } from "./log.js";
//#region src/net.ts
function isLocal(ip) {
	return ip === "127.0.0.1";
}
const LIMIT = 120 * 1e3;
//#endregion
//#region src/pairing.ts
const handlers = {
	"pair.approve": async ({ client }) => {
		await approve(client.id, { callerScopes: client.scopes, silent });
	},
	reject(client) {
		if (client.late) return log.warn(\`late \${client.id}\`);
		log.warn(\`rejected \${client.id}\`);
	}
};
function skew(at) {
	const isOld = (age) => age > LIMIT;
	if (isOld(
		at
	)) return "old";
	return "new";
}
//#endregion
export { handlers };
`,
};
const TELEGRAM: Chunk = {
  path: 'telegram-B2.mjs',
  text: '//#region extensions/telegram/net.ts\nfunction isLocal(ip) { return false; }\n//#endregion\n',
};
const OTHER: Chunk = { path: 'other-C3.js', text: 'import { isLocal } from "./net-A1.js";\nisLocal("::1");\n' };
const CHUNKS = [NET, TELEGRAM, OTHER];

/** The one line of the package that edits make different, before and after. */
function changedBy(...edits: Edit[]): { path: string; before: string; after: string }[] {
  return patched(CHUNKS, edits, 'a mutant of 1.2.3').flatMap(({ path, text }) => {
    const before = CHUNKS.find((chunk) => chunk.path === path)?.text.split('\n') ?? [];
    const after = text.split('\n');
    return after.flatMap((line, index) =>
      line === before[index] ? [] : [{ path, before: before[index]?.trim() ?? '', after: line.trim() }],
    );
  });
}

function refusalOf(edit: Edit): UsageError {
  try {
    patched(CHUNKS, [edit], 'a mutant of 1.2.3');
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('it was applied');
}

describe('an edit replaces', () => {
  test('the body of a function of one source file', () => {
    const [chunk, ...others] = patched(
      CHUNKS,
      [{ body: 'isLocal', source: 'src/net.ts', with: 'return true;' }],
      'a mutant',
    );
    expect(others).toEqual([]);
    expect(chunk).toEqual({
      path: 'net-A1.js',
      text: NET.text.replace('{\n\treturn ip === "127.0.0.1";\n}', '{ return true; }'),
    });
  });

  test.each<[string, Edit, string, string]>([
    [
      'the start of a function',
      { start: 'isLocal', source: 'src/net.ts', with: 'if (!ip) return true;' },
      'function isLocal(ip) {',
      'function isLocal(ip) { if (!ip) return true; ',
    ],
    [
      'a function in a function',
      { body: 'isOld', in: 'skew', with: 'return false;' },
      'const isOld = (age) => age > LIMIT;',
      'const isOld = (age) => { return false; };',
    ],
    [
      'a property of an argument',
      { call: 'approve', argument: 1, property: 'callerScopes', in: 'pair.approve', with: '["all"]' },
      'await approve(client.id, { callerScopes: client.scopes, silent });',
      'await approve(client.id, { callerScopes: ["all"], silent });',
    ],
    [
      'a property of which the name alone is written',
      { call: 'approve', argument: 1, property: 'silent', with: 'true' },
      'await approve(client.id, { callerScopes: client.scopes, silent });',
      'await approve(client.id, { callerScopes: client.scopes, silent: true });',
    ],
    [
      'an argument of a call on something, told from others by what it says',
      { call: 'warn', argument: 0, saying: 'rejected', in: 'reject', with: '"gone"' },
      'log.warn(`rejected $' + '{client.id}`);',
      'log.warn("gone");',
    ],
    ['a constant', { constant: 'LIMIT', with: '1' }, 'const LIMIT = 120 * 1e3;', 'const LIMIT = 1;'],
    [
      'a condition',
      { condition: 'client.late', in: 'reject', with: 'false' },
      'if (client.late) return log.warn(`late $' + '{client.id}`);',
      'if (false) return log.warn(`late $' + '{client.id}`);',
    ],
  ])('%s', (_what, edit, before, after) => {
    expect(changedBy(edit)).toEqual([{ path: 'net-A1.js', before: before.trim(), after: after.trim() }]);
  });

  test('a condition, whatever its line breaks', () => {
    const [chunk] = patched(CHUNKS, [{ condition: 'isOld( at )', in: 'skew', with: 'false' }], 'a mutant');
    expect(chunk?.text).toContain('if (false) return "old";');
  });

  test('several parts of one chunk at once', () => {
    expect(
      changedBy({ constant: 'LIMIT', with: '1' }, { condition: 'client.late', in: 'reject', with: 'true' }).map(
        ({ after }) => after,
      ),
    ).toEqual(['const LIMIT = 1;', 'if (true) return log.warn(`late $' + '{client.id}`);']);
  });
});

describe('a mutant that does not apply is an error', () => {
  test.each<[string, Edit, string]>([
    [
      'a function that is gone',
      { body: 'isLoopback', with: 'return true;' },
      'a mutant of 1.2.3 looks for the function "isLoopback", which is in none of its 3 chunks',
    ],
    [
      'a function that two source files have',
      { body: 'isLocal', with: 'return true;' },
      'a mutant of 1.2.3 looks for the function "isLocal", which is there 2 times, in net-A1.js, telegram-B2.mjs',
    ],
    [
      'a function that is only used',
      { body: 'approve', with: '' },
      'a mutant of 1.2.3 looks for the function "approve", which is in none of its 3 chunks',
    ],
    [
      'a call that is elsewhere',
      { call: 'approve', argument: 1, in: 'skew', with: '1' },
      'a mutant of 1.2.3 looks for a call of "approve" with an argument 2 in the function "skew", which is in none of its 3 chunks',
    ],
    [
      'a call with fewer arguments',
      { call: 'approve', argument: 2, with: '1' },
      'a mutant of 1.2.3 looks for a call of "approve" with an argument 3, which is in none of its 3 chunks',
    ],
    [
      'one of several calls',
      { call: 'warn', argument: 0, with: '""' },
      'a mutant of 1.2.3 looks for a call of "warn" with an argument 1, which is there 2 times, in net-A1.js',
    ],
    [
      'a condition that is written otherwise',
      { condition: 'client.tooLate', in: 'reject', with: 'false' },
      'a mutant of 1.2.3 looks for the condition (client.tooLate) in the function "reject", which is in none of its 3 chunks',
    ],
    [
      'a source file that is not there',
      { body: 'isLocal', source: 'src/address.ts', with: '' },
      'a mutant of 1.2.3 looks for the function "isLocal" out of src/address.ts, which is in none of its 3 chunks',
    ],
  ])('%s', (_what, edit, message) => {
    const refusal = refusalOf(edit);
    expect(refusal.message).toBe(message);
    expect(refusal.next).toMatch(/harness\/mutants|`in` names/);
  });

  test('a replacement that is not JavaScript', () => {
    const { message } = refusalOf({ constant: 'LIMIT', with: '= 1' });
    expect(message).toMatch(/^a mutant of 1\.2\.3 makes net-A1\.js invalid JavaScript: Unexpected token/);
  });
});
