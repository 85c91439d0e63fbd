import { fileURLToPath } from 'node:url';
import { UsageError } from './exit.ts';

/**
 * The root folder of Postern, which has `scenarios/` and package.json: of the checkout, or of the installed package. What was built stands as deep
 * in `dist/` as its source in `harness/`. A command writes below it only after `requireCheckout`.
 */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Whether this is a checkout, which runs its sources; false in the installed package. */
export const IS_CHECKOUT = import.meta.url.endsWith('.ts');

/** Throws UsageError in the installed package. `what`: the command or option that writes below the root. */
export function requireCheckout(what: string): void {
  if (IS_CHECKOUT) return;
  throw new UsageError(
    `${what} writes files of the repository of Postern, and this is the installed package in ${ROOT}`,
    'Run it in a checkout of Postern.',
  );
}
