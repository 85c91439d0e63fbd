import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A place in the documentation that the package of a gateway ships. */
export type Quotation = {
  /** The path of the page in the package. */
  page: `docs/${string}.md`;
  /** A few of its words, letter for letter, with each line break as one space. */
  quote: string;
  /** The release whose package has them. */
  release: string;
  /** What the property assumes beyond the quote; absent if the quote says all of it. */
  inferred?: string;
};

/** The source of a property: an issue or pull request, an advisory, a CVE, or a quote of the gateway's documentation. */
export type Source = `${string}/${string}#${number}` | `GHSA-${string}` | `CVE-${string}` | Quotation;

/** The sources of a property: at least one. */
export type Sources = readonly [Source, ...Source[]];

/** The release whose documentation the properties quote. Set a later one when `check-quotes.ts` finds every quote in its package. */
const QUOTED_RELEASE = '2026.9.6';

/** Quotes a page of the package of the quoted release; `inferred` is what the page does not say. */
export function quoted(page: Quotation['page'], quote: string, inferred?: string): Quotation {
  return { page, quote, release: QUOTED_RELEASE, ...(inferred === undefined ? {} : { inferred }) };
}

/** A source in one line, as the terminal and the report show it. */
export function saySource(source: Source): string {
  if (typeof source === 'string') return source;
  const { page, quote, release, inferred } = source;
  return `"${quote}" (${page}, ${release}${inferred === undefined ? '' : `; inferred: ${inferred}`})`;
}

/** All sources of a property in one line. */
export const saySources = (sources: Sources): string => sources.map(saySource).join('; ');

/**
 * Checks quotations against the unpacked package of a gateway at `folder`. Returns one line for each fault; empty if every quote is on its
 * page. Compares exactly, with each run of white space as one space. Reads only pages; does not throw for a missing page.
 */
export function faultsOfQuotations(quotations: readonly Quotation[], folder: string): string[] {
  const pages = new Map<string, string | null>();
  const textOf = (page: string): string | null => {
    const known = pages.get(page);
    if (known !== undefined) return known;
    const text = readPage(path.join(folder, page));
    pages.set(page, text);
    return text;
  };
  return quotations.flatMap(({ page, quote }) => {
    const text = textOf(page);
    if (text === null) return [`${page}: the page does not exist; it should say "${quote}"`];
    return text.includes(quote) ? [] : [`${page}: does not say "${quote}"`];
  });
}

/** The text of a page on one line; null if the page cannot be read. */
function readPage(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replace(/\s+/g, ' ');
  } catch {
    return null;
  }
}
