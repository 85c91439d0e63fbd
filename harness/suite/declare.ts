import path from 'node:path';
import { describe, inject, test } from 'vitest';
import { askFor } from './channel.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Which run answers. */
    posternSession: string;
    /** Folder that holds `scenarios/`. */
    posternRoot: string;
  }
}

/** Declares one test per check. Runs in Vitest's thread; the verdict comes from the run in the main thread. */
export function declareChecks(title: string, checks: readonly { id: string; name: string }[]): void {
  const session = inject('posternSession');
  const root = inject('posternRoot');
  describe(title, () => {
    for (const check of checks) {
      test(check.name, async ({ skip }) => {
        const told = await askFor(session, check.id);
        if (told.skipped !== null) skip(told.skipped);
        if (told.holds) return;
        const error = new Error(told.message);
        const { file, line, column } = told.source;
        error.stack = `Error: ${told.message}\n    at ${check.id} (${path.join(root, file)}:${line}:${column})`;
        throw error;
      });
    }
  });
}
