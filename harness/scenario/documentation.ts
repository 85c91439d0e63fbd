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
  /** What the page leaves unsaid, and the property takes from it nevertheless; absent where the quote says all of it. */
  inferred?: string;
};

/** Where a property is taken from: an issue or pull request, an advisory, a CVE, or the gateway's documentation. */
export type Source = `${string}/${string}#${number}` | `GHSA-${string}` | `CVE-${string}` | Quotation;

/** Every property has one at least. */
export type Sources = readonly [Source, ...Source[]];

/** The release whose documentation is quoted. Take a later one once `check-quotes.ts` finds every quote in its package. */
const QUOTED_RELEASE = '2026.9.6';

/** Quotes a page as it is in the package of the quoted release; `inferred` is what the page leaves unsaid. */
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
 * What is wrong with quotations by the unpacked package of a gateway at `folder`, one line for each; empty where every quote stands on its
 * page. Compares letter for letter, with each run of white space as one space. Reads nothing but pages; never throws for one that is missing.
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
    if (text === null) return [`${page}: there is no such page, which should say "${quote}"`];
    return text.includes(quote) ? [] : [`${page}: does not say "${quote}"`];
  });
}

/** The text of a page on one line; null where it cannot be read. */
function readPage(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replace(/\s+/g, ' ');
  } catch {
    return null;
  }
}
