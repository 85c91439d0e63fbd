import { UsageError } from './exit.ts';

/** The environment variable with the factor for every wait of the harness. */
const NAME = 'POSTERN_PATIENCE';

/** The factor in POSTERN_PATIENCE: 1 if it is unset or empty, null if it is not a positive number. */
function factorIn(env: NodeJS.ProcessEnv): number | null {
  const text = env[NAME]?.trim() ?? '';
  if (text === '') return 1;
  const factor = Number(text);
  return Number.isFinite(factor) && factor > 0 ? factor : null;
}

/** The factor for waits from POSTERN_PATIENCE: 1 if it is unset, or invalid; `requirePatience` refuses an invalid value. */
export function patienceIn(env: NodeJS.ProcessEnv): number {
  return factorIn(env) ?? 1;
}

/** Throws UsageError if POSTERN_PATIENCE is set and is not a positive number. Call it before the first wait. */
export function requirePatience(env: NodeJS.ProcessEnv): void {
  if (factorIn(env) === null)
    throw new UsageError(
      `${NAME} is "${env[NAME]}".`,
      'Set it to a positive number, such as 2 on a machine that is twice as slow, or unset it.',
    );
}
