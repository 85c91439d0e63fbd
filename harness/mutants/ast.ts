import { type AnyNode, type ArrowFunctionExpression, type Function as FunctionNode, parse } from 'acorn';

/** One file of a package's code, by its path below the package's `dist` folder. */
export type Chunk = { path: string; text: string };

/** A chunk that was read: its syntax tree, and which part of it came out of which source file. */
export type Code = { chunk: Chunk; tree: AnyNode; sources: readonly { file: string; start: number; end: number }[] };

/** The line that bundlers of the package write above each source file that went into a chunk. */
const REGION = /^#region (\S+)/;

/** Reads a chunk with a real parser. Throws acorn's SyntaxError where it is no JavaScript module. */
export function readCode(chunk: Chunk): Code {
  const marks: { file: string; start: number }[] = [];
  const tree = parse(chunk.text, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowHashBang: true,
    onComment: (_isBlock, text, start) => {
      const file = REGION.exec(text)?.[1];
      if (file !== undefined) marks.push({ file, start });
    },
  });
  const sources = marks.map((mark, index) => ({ ...mark, end: marks[index + 1]?.start ?? chunk.text.length }));
  return { chunk, tree, sources };
}

/** Where code is looked for: a chunk, and a node in it with everything below. */
export type Place = { code: Code; node: AnyNode };

/** A function by the name under which other code calls it, with its body. */
export type NamedFunction = Place & { body: FunctionNode['body'] };

/** A call of something by name, with its arguments in order. */
export type NamedCall = Place & { arguments: readonly AnyNode[] };

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The node and all below it, in the order of the text. */
export function nodesIn(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  const open: AnyNode[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    const children = Object.values(next)
      .flat()
      .filter((value) => isNode(value));
    open.push(...children.reverse());
  }
  return found;
}

/** The text of a node, with every run of white space as one space. */
export function textOf({ code, node }: Place): string {
  return code.chunk.text.slice(node.start, node.end).replace(/\s+/g, ' ');
}

/** The name of an identifier, of a property, or of the last part of `a.b?.c`; null where it has none. */
export function nameOf(node: AnyNode): string | null {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'ChainExpression') return nameOf(node.expression);
  return node.type === 'MemberExpression' && !node.computed ? nameOf(node.property) : null;
}

function isFunction(node: AnyNode | null | undefined): node is ArrowFunctionExpression | (AnyNode & FunctionNode) {
  return node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';
}

/** The functions of a name below a place: declared, assigned to a constant, or held by an object under that key. */
export function functionsNamed({ code, node }: Place, name: string): NamedFunction[] {
  return nodesIn(node).flatMap((each): NamedFunction[] => {
    if (each.type === 'FunctionDeclaration' && each.id?.name === name) return [{ code, node: each, body: each.body }];
    if (each.type === 'VariableDeclarator' && nameOf(each.id) === name && isFunction(each.init))
      return [{ code, node: each.init, body: each.init.body }];
    if (each.type === 'Property' && nameOf(each.key) === name && isFunction(each.value))
      return [{ code, node: each.value, body: each.value.body }];
    return [];
  });
}

/** The calls of a name below a place, whatever it is called on. */
export function callsNamed({ code, node }: Place, name: string): NamedCall[] {
  return nodesIn(node).flatMap((each) =>
    each.type === 'CallExpression' && nameOf(each.callee) === name
      ? [{ code, node: each, arguments: each.arguments }]
      : [],
  );
}

/** The values that names are first given below a place, by `const`, `let` or `var`. */
export function valuesNamed({ code, node }: Place, name: string): Place[] {
  return nodesIn(node).flatMap((each) =>
    each.type === 'VariableDeclarator' && nameOf(each.id) === name && each.init != null
      ? [{ code, node: each.init }]
      : [],
  );
}

/** The conditions below a place, of `if` and of `a ? b : c`, that are written so but for white space. */
export function conditionsWritten({ code, node }: Place, text: string): Place[] {
  return nodesIn(node)
    .flatMap((each) =>
      each.type === 'IfStatement' || each.type === 'ConditionalExpression' ? [{ code, node: each.test }] : [],
    )
    .filter((place) => textOf(place) === text);
}

/** A property of an object that is written out, name and value; null where there is none of that name. */
export function propertyOf({ code, node }: Place, name: string): Place | null {
  if (node.type !== 'ObjectExpression') return null;
  const property = node.properties.find((each) => each.type === 'Property' && nameOf(each.key) === name);
  return property === undefined ? null : { code, node: property };
}
