import { UsageError } from './exit.ts';

/** The variable of the environment that makes every wait of the harness longer, or shorter. */
const NAME = 'POSTERN_PATIENCE';

/** POSTERN_PATIENCE as a factor; null where it is neither unset nor a positive number. */
function factorIn(env: NodeJS.ProcessEnv): number | null {
  const text = env[NAME]?.trim() ?? '';
  if (text === '') return 1;
  const factor = Number(text);
  return Number.isFinite(factor) && factor > 0 ? factor : null;
}

/** How much longer than usual the harness waits, from POSTERN_PATIENCE: 1 where it is unset, or where `requirePatience` will refuse it. */
export function patienceIn(env: NodeJS.ProcessEnv): number {
  return factorIn(env) ?? 1;
}

/** Throws UsageError where POSTERN_PATIENCE is no positive number. Asked before anything is waited for. */
export function requirePatience(env: NodeJS.ProcessEnv): void {
  if (factorIn(env) === null)
    throw new UsageError(
      `${NAME} is "${env[NAME]}".`,
      'Set it to a positive number, such as 2 on a machine that is twice as slow, or unset it.',
    );
}
