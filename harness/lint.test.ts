import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './root.ts';

/** Lines that each break one rule of the linter, to prove that `npm run check` enforces it. */

const BROKEN: readonly (readonly [rule: string, line: string])[] = [
  ['lint/suspicious/noDebugger', 'debugger;'],
  ['lint/suspicious/noDoubleEquals', 'if (Math.random() == 1) later();'],
  ['lint/suspicious/noExplicitAny', 'export const anything: any = 1;'],
  ['lint/suspicious/noVar', 'export var old = 1;'],
  ['lint/nursery/noFloatingPromises', 'later().then(() => 1);'],
  ['lint/nursery/noMisusedPromises', '[1].forEach(async () => { await later(); });'],
  ['lint/nursery/noUnsafeTypeAssertion', 'export const forced = JSON.parse("1") as number;'],
  ['lint/security/noGlobalEval', 'eval("1");'],
  ['lint/style/noRestrictedImports', 'import "dockerode";'],
];

const SOUND = 'const later = async (): Promise<number> => await Promise.resolve(1);\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'postern-lint-'));
  copyFileSync(path.join(ROOT, 'biome.json'), path.join(folder, 'biome.json'));
  copyFileSync(path.join(ROOT, '.gitignore'), path.join(folder, '.gitignore'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The exit code of the linter for a file, and each broken rule with its line. */
async function lint(text: string): Promise<{ code: number | string | null | undefined; broken: string[] }> {
  writeFileSync(path.join(folder, 'broken.ts'), text);
  const command = path.join(ROOT, 'node_modules', '.bin', 'biome');
  const argv = ['lint', '--error-on-warnings', '--reporter=github', '.'];
  return new Promise((resolve) => {
    execFile(command, argv, { cwd: folder }, (error, stdout) => {
      const broken = [...stdout.matchAll(/title=(lint[^,]*),.*?line=(\d+)/g)].map(
        ([, rule, line]) => `${line} ${rule}`,
      );
      resolve({ code: error === null ? 0 : error.code, broken: broken.sort() });
    });
  });
}

test('the linter reports each line that breaks a rule, and fails', async () => {
  const { code, broken } = await lint(`${BROKEN.map(([, line]) => line).join('\n')}\n${SOUND}`);
  expect(code).toBe(1);
  expect(broken).toEqual(expect.arrayContaining(BROKEN.map(([rule], index) => `${index + 1} ${rule}`)));
});

test('the linter passes a file that breaks no rule', async () => {
  expect(await lint(`${SOUND}await later();\n`)).toEqual({ code: 0, broken: [] });
});
