import { appendFileSync } from 'node:fs';
import { describeWriteError } from '../../results/file-errors.ts';
import { oneLine } from '../../text/control-characters.ts';
import type { ActionsEnv } from './annotations.ts';

/**
 * On GitHub Actions: appends outputs of the step, by name, to the file in GITHUB_OUTPUT. Each value becomes one line, so that no value can set
 * another output. On any other machine: does nothing. Gives why the file could not be written, or null; never throws.
 */
export function setStepOutputs(values: Readonly<Record<string, string>>, env: ActionsEnv): string | null {
  const path = env.GITHUB_OUTPUT;
  if (env.GITHUB_ACTIONS !== 'true' || path === undefined || path === '') return null;
  const lines = Object.entries(values).map(([name, value]) => `${name}=${oneLine(value)}\n`);
  try {
    appendFileSync(path, lines.join(''));
    return null;
  } catch (error) {
    return describeWriteError(path, error);
  }
}
