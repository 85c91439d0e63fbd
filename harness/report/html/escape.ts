import { visible } from '../../text/control-characters.ts';

/** A symbol cannot come out of JSON: what a gateway sent can never pass for markup. */
const MARKUP = Symbol('markup');

/** Markup that is safe to put into a page as it is. Only `html` makes it. */
export type Html = { readonly [MARKUP]: string };

/** What may stand in a template: text is escaped, markup is kept, lists are joined, null is nothing. */
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
 * Tagged template for every piece of the HTML report. Values are escaped for text and for quoted attributes,
 * odd characters made visible. Put values nowhere else: not in a tag name, a script, a style or a bare attribute.
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { [MARKUP]: strings.reduce((text, part, index) => text + render(pieces[index - 1] ?? null) + part) };
}

/** The text of a piece of markup, and its size in characters. */
export function markupOf(piece: Html): string {
  return piece[MARKUP];
}

/** A constant of this program (a style sheet, a script) put between tags as it is. Refuses what could end the element. */
export function raw(constant: string): Html {
  if (/<\/(script|style)/i.test(constant))
    throw new Error('A style or script of the report must not hold its own end tag.');
  return { [MARKUP]: constant };
}
