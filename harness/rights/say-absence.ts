import type { CallerState } from './matrix.ts';

/** Why a caller is not in a matrix, in words; null for one that is. */
export function sayAbsence(state: CallerState): string | null {
  switch (state.kind) {
    case 'admitted':
      return null;
    case 'refused':
      return `not admitted: ${state.why}`;
    case 'unknown-scope':
      return `the release does not know ${state.scope}`;
    case 'not-made':
      return `could not be made: ${state.why}`;
  }
}
