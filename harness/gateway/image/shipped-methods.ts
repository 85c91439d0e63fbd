import { METHOD_TABLES_MS } from '../../limits.ts';
import type { Engine } from '../engine/engine.ts';
import { INSTALLED } from './image.ts';
import { searchPackage } from './search-package.ts';

/** What the package of a release says about its methods. */
export type ShippedMethods = {
  /**
   * By method: the scope in the release's own table, which is an operator scope, `node` for the role of nodes, or `dynamic` if parameters
   * decide. null for a method of a plugin, whose scope is in no table.
   */
  methods: Readonly<Record<string, string | null>>;
  /** Beginnings of method names that need operator.admin if no table has the method. */
  adminPrefixes: readonly string[];
  /** The operator scopes that the package names anywhere, sorted. */
  scopes: readonly string[];
};

/**
 * Where the tables of all releases since 2026.2 begin: `CORE_GATEWAY_METHOD_SPECS` since 2026.5, before it one list for each scope, which
 * ends with a bracket at the beginning of a line.
 */
const TABLES =
  '(CORE_GATEWAY_METHOD_SPECS|METHOD_SCOPE_GROUPS|METHOD_SCOPE_BY_NAME|NODE_ROLE_METHODS|ADMIN_(GATEWAY_)?METHOD_PREFIXES) = .*[[{]$';

/** Prints the tables, the methods that plugins register, and the names of scopes. It reads files, and executes none. */
const SEARCH = [
  `cd ${INSTALLED}/dist || exit 1`,
  `code="--include=*.js --include=*.mjs"`,
  `grep -rlIE $code '${TABLES}' . | sort | xargs -r sed -nE '/${TABLES}/,/^[]}]/p'`,
  `grep -rhoIE $code 'registerGatewayMethod\\("[A-Za-z0-9._-]+"' . | sort -u`,
  `grep -rhoIE $code '"operator\\.[a-z.]+"' . | sort -u`,
].join('\n');

const strings = (text: string): string[] => [...text.matchAll(/"([^"]+)"/g)].flatMap(([, name]) => name ?? []);

/** The scope that a constant of the package names: `TALK_SECRETS_SCOPE` is operator.talk.secrets. */
const scopeOf = (constant: string): string => `operator.${constant.toLowerCase().replaceAll('_', '.')}`;

/** Reads what `SEARCH` printed. A text without tables gives no methods. */
export function shippedMethodsIn(printed: string): ShippedMethods {
  const text = printed.replaceAll('\r', '');
  const plugins = [...text.matchAll(/registerGatewayMethod\("([^"]+)"/g)].map(([, name = '']) => [name, null] as const);
  const groups = [...text.matchAll(/\[(\w+)_SCOPE(?:\$\d+)?\]: \[([^\]]*)\]/g)].flatMap(
    ([, constant = '', names = '']) => strings(names).map((name) => [name, scopeOf(constant)] as const),
  );
  const nodes = [...text.matchAll(/NODE_ROLE_METHODS = [^[]*\[([^\]]*)\]/g)].flatMap(([, names = '']) =>
    strings(names).map((name) => [name, 'node'] as const),
  );
  const objects = [...text.matchAll(/\{\s*name: "([^"]+)",[^{}]*?\bscope: "([^"]+)"/g)];
  const tuples = [...text.matchAll(/^\t\[\n\t\t"([^"]+)",\n\t\t[^\n]*,\n\t\t"([^"]+)"/gm)];
  const specs = [...objects, ...tuples].map(([, name = '', scope = '']) => [name, scope] as const);
  const prefixes = /ADMIN_(?:GATEWAY_)?METHOD_PREFIXES = \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return {
    methods: Object.fromEntries([...plugins, ...groups, ...nodes, ...specs]),
    adminPrefixes: strings(prefixes),
    scopes: [...new Set(strings(text).filter((name) => name.startsWith('operator.')))].sort(),
  };
}

/**
 * Reads the method tables of the gateway in an image. Returns null if its package has none or they cannot be read, as in images that
 * Postern did not build. The search runs in a container without a network or capabilities.
 */
export async function shippedMethods(engine: Engine, image: string): Promise<ShippedMethods | null> {
  const printed = await searchPackage(engine, image, {
    command: ['sh', '-c', SEARCH],
    withinMs: METHOD_TABLES_MS,
    processes: 32,
  });
  const shipped = printed === null ? null : shippedMethodsIn(printed);
  return shipped === null || Object.keys(shipped.methods).length === 0 ? null : shipped;
}
