import type { ShippedMethods } from '../gateway/image/shipped-methods.ts';
import { byText } from '../text/by-text.ts';
import { OVER_HTTP, type Row } from './matrix.ts';
import type { ParameterRow } from './parameter-row.ts';
import { PARAMETER_ROWS } from './parameter-rows.ts';

/** A row to play: what is called, and the parameters of its own; null for parameters that no method takes. */
export type RowToPlay = { row: Row; own: ParameterRow | null };

/** A package whose tables cannot be read. */
export const NO_TABLES: ShippedMethods = { methods: {}, adminPrefixes: [], scopes: [] };

/** The scopes that a declaration stands for; null if it decides by the role or by the parameters, or if there is none. */
function needsOf(declared: string | null): string[] | null {
  return declared?.startsWith('operator.') === true ? [declared] : null;
}

/**
 * The rows of a release: each method that hello-ok lists (`advertised`) or its package ships, the same over HTTP for methods that it takes there
 * (`overHttp`), and each call with parameters of its own that the release decides on. Sorted by method.
 */
export function rowsOf(
  advertised: readonly string[],
  { methods, adminPrefixes }: ShippedMethods,
  overHttp: readonly string[],
): RowToPlay[] {
  const names = [...new Set([...advertised, ...Object.keys(methods), ...overHttp])].sort(byText);
  return names.flatMap((method): RowToPlay[] => {
    const inTable = methods[method];
    const prefix = adminPrefixes.some((beginning) => method.startsWith(beginning)) ? 'operator.admin' : null;
    const declared = inTable ?? prefix;
    const found: Row['found'] = [
      ...(advertised.includes(method) ? (['hello'] as const) : []),
      ...(inTable === undefined ? [] : [inTable === null ? ('plugin' as const) : ('table' as const)]),
    ];
    const row = { method, given: null, found, declared, needs: needsOf(declared) };
    const given = PARAMETER_ROWS.filter((own) => own.method === method && own.declared.includes(declared ?? ''));
    return [
      { row, own: null },
      ...(overHttp.includes(method) ? [{ row: { ...row, given: OVER_HTTP }, own: null }] : []),
      ...given.map((own) => ({ row: { ...row, given: own.given, needs: own.needs ?? row.needs }, own })),
    ];
  });
}
