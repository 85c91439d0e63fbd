import { type AnyNode, type ArrowFunctionExpression, type Function as FunctionNode, parse } from 'acorn';

/** One file of a package's code, by its path below the package's `dist` folder. */
export type Chunk = { path: string; text: string };

/** A parsed chunk: its syntax tree, and the source file of each part as offsets into the text. */
export type Code = { chunk: Chunk; tree: AnyNode; sources: readonly { file: string; start: number; end: number }[] };

/** The comment that the bundler of the package writes above the code of each source file in a chunk. */
const REGION = /^#region (\S+)/;

/** Parses a chunk with acorn. Throws acorn's SyntaxError if the text is not a JavaScript module. */
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

/** The code that a search covers: a node of a chunk with its descendants. */
export type Place = { code: Code; node: AnyNode };

/** A function that has a name for its callers, with its body. */
export type NamedFunction = Place & { body: FunctionNode['body'] };

/** A call of a function by name, with its arguments in order. */
export type NamedCall = Place & { arguments: readonly AnyNode[] };

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The node and its descendants, in the order of the text. */
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

/** The source text of a node, with each run of white space as one space. */
export function textOf({ code, node }: Place): string {
  return code.chunk.text.slice(node.start, node.end).replace(/\s+/g, ' ');
}

/** The name of an identifier, of a property key, or of the last part of `a.b?.c`; null for any other node. */
export function nameOf(node: AnyNode): string | null {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'ChainExpression') return nameOf(node.expression);
  return node.type === 'MemberExpression' && !node.computed ? nameOf(node.property) : null;
}

function isFunction(node: AnyNode | null | undefined): node is ArrowFunctionExpression | (AnyNode & FunctionNode) {
  return node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';
}

/** The functions of this name within the place: declared, assigned to a variable, or the value of an object's property. */
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

/** The calls of this name within the place, on any object. */
export function callsNamed({ code, node }: Place, name: string): NamedCall[] {
  return nodesIn(node).flatMap((each) =>
    each.type === 'CallExpression' && nameOf(each.callee) === name
      ? [{ code, node: each, arguments: each.arguments }]
      : [],
  );
}

/** The initial values of variables of this name within the place, with `const`, `let` or `var`. */
export function valuesNamed({ code, node }: Place, name: string): Place[] {
  return nodesIn(node).flatMap((each) =>
    each.type === 'VariableDeclarator' && nameOf(each.id) === name && each.init != null
      ? [{ code, node: each.init }]
      : [],
  );
}

/** The conditions of `if` and of `a ? b : c` within the place whose source is `text`; each run of white space counts as one space. */
export function conditionsWritten({ code, node }: Place, text: string): Place[] {
  return nodesIn(node)
    .flatMap((each) =>
      each.type === 'IfStatement' || each.type === 'ConditionalExpression' ? [{ code, node: each.test }] : [],
    )
    .filter((place) => textOf(place) === text);
}

/** The property (name and value) of an object literal; null if the node is no object literal or has no such property. */
export function propertyOf({ code, node }: Place, name: string): Place | null {
  if (node.type !== 'ObjectExpression') return null;
  const property = node.properties.find((each) => each.type === 'Property' && nameOf(each.key) === name);
  return property === undefined ? null : { code, node: property };
}
