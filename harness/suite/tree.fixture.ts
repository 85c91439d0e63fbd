import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.ts';

/** What a tree needs in addition to its scenarios. */
const PARTS = ['harness', 'docker', 'package.json'];

/**
 * Copies the harness into a folder of its own, with these scenarios (text by file name), which that copy then finds. Gives the path of its command.
 */
export function treeWith(tree: string, scenarios: Record<string, string>): string {
  for (const part of PARTS) {
    if (existsSync(path.join(ROOT, part))) cpSync(path.join(ROOT, part), path.join(tree, part), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
  for (const [file, text] of Object.entries(scenarios)) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  return path.join(tree, 'harness', 'cli', 'main.ts');
}
