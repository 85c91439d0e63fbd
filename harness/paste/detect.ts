import { type Fact, rankOfSource, type Source } from './facts.ts';
import { mentions } from './negation.ts';
import { SIGN_IDS, type SignId, signOf } from './signs.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';

/** Where a sign stands in a report. */
export type Hit = { sign: SignId; line: number; source: Source };

/** The hits of each sign, at most one for each source, the best source first. */
export type Hits = ReadonlyMap<SignId, readonly Hit[]>;

/** Digits and hex do not make two lines of a log different: only one of such lines is searched. */
const VARYING = /[0-9a-f]*\d[0-9a-f]*/g;

/** The statements without those that repeat an earlier one but for numbers. */
function distinct(statements: readonly Statement[]): Statement[] {
  const seen = new Set<string>();
  return statements.filter(({ text, speaker, form }) => {
    if (form !== 'output') return true;
    const key = `${speaker} ${text.replace(VARYING, '0')}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Finds the signs in a report. Each pattern is searched in the lines of each source, until the first line that has it. */
export function detect(statements: readonly Statement[], facts: readonly Fact[]): Hits {
  const bySource = Map.groupBy(
    distinct(statements).map((statement) => ({ statement, lower: statement.text.toLowerCase() })),
    ({ statement }) => sourceOf(statement),
  );
  const hits = new Map<SignId, Hit[]>();
  const add = (hit: Hit): void => {
    const before = hits.get(hit.sign) ?? [];
    if (!before.some(({ source }) => source === hit.source)) hits.set(hit.sign, [...before, hit]);
  };
  for (const sign of SIGN_IDS) {
    const { pattern, fact } = signOf(sign);
    for (const each of facts) {
      if (fact === undefined || each.kind !== fact.kind || !fact.value.test(each.value)) continue;
      if (fact.when !== undefined && (each.kind !== 'release' || each.when !== fact.when)) continue;
      if (fact.side !== undefined && (each.kind !== 'scopes' || each.side !== fact.side)) continue;
      add({ sign, line: each.line, source: each.source });
    }
    if (pattern === undefined) continue;
    for (const [source, lines] of bySource) {
      const found = lines.find(({ lower }) => mentions(pattern, lower));
      if (found !== undefined) add({ sign, line: found.statement.number, source });
    }
  }
  for (const [sign, each] of hits)
    hits.set(
      sign,
      each.toSorted((a, b) => rankOfSource(a.source) - rankOfSource(b.source)),
    );
  return hits;
}
