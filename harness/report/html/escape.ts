import { visible } from '../../text/control-characters.ts';

/** A symbol cannot come from JSON, so data from a gateway can never be of type Html. */
const MARKUP = Symbol('markup');

/** Markup that is safe in a page. Only `html` and `raw` create it. */
export type Html = { readonly [MARKUP]: string };

/** A value in a template: text is escaped, markup is kept, lists are joined, null is empty. */
export type Piece = string | number | Html | null | readonly Piece[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escaped(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (each) => ENTITIES[each] ?? each);
}

function isHtml(piece: Piece): piece is Html {
  return typeof piece === 'object' && piece !== null && MARKUP in piece;
}

function render(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'number') return `${piece}`;
  if (typeof piece === 'string') return escaped(piece);
  return isHtml(piece) ? piece[MARKUP] : piece.map(render).join('');
}

/**
 * Tagged template for all HTML of the reports. Values are escaped for text and quoted attributes, and invisible characters are made
 * visible. Values must not be used anywhere else: not in a tag name, a script, a style or an unquoted attribute.
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { [MARKUP]: strings.reduce((text, part, index) => text + render(pieces[index - 1] ?? null) + part) };
}

/** The text of a piece of markup. */
export function markupOf(piece: Html): string {
  return piece[MARKUP];
}

/**
 * A constant of this program (a style sheet, a script) as markup, without escaping. Throws Error if the constant contains an end tag of
 * either.
 */
export function raw(constant: string): Html {
  if (/<\/(script|style)/i.test(constant))
    throw new Error('A style or script of the report must not contain its own end tag.');
  return { [MARKUP]: constant };
}
