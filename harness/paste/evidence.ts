import { type ConceptId, conceptsIn } from './concepts.ts';
import type { Hits } from './detect.ts';
import type { Fact, FactKind, Source } from './facts.ts';
import { wordsOf } from './profile.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';

/** What a report shows, as a name that other reports may have too, such as `sign sub-agent`, `fact close-code 1008`, `about restart` or `word bounced`. */
export type Evidence = { name: string; says: string; line: number; source: Source };

/** Kinds of facts whose values are the same in the reports of different people. */
const SHARED_KINDS: ReadonlySet<FactKind> = new Set([
  'close-code',
  'http-status',
  'error-code',
  'reason',
  'message',
  'audit',
  'role',
  'client-id',
  'client-mode',
  'deployment',
  'proxy',
  'bind',
  'auth-mode',
  'header',
  'command',
  'scopes',
  'platform',
]);

const CLIENTS: ReadonlySet<string> = new Set('sub-agent agent cron terminal page phone node companion desktop-app library service attacker neighbour owner channel'.split(' '));
const REFUSALS: ReadonlySet<string> = new Set('pairing waits scopes narrow wide role unauthorized mismatch token origin signature protocol request-id empty loop lost silent survives crash cannot-start schema refused unreachable images limited'.split(' '));
const CHANGES: ReadonlySet<string> = new Set('update rollback restart system-update rotate recreate probe onboard settings approve delete scan visit guess forge script sleep overnight'.split(' '));
/** How many lines below a command its answer may stand. */
const REACH_OF_A_COMMAND = 4;

/** The most characters of a report whose words count: what the user says stands first, and a log repeats itself. */
const MOST_CHARACTERS = 20_000;

/** Everything that a report shows, each once with the line where it shows it first. Claims of answers are no evidence. */
export function evidenceOf(read: {
  statements: readonly Statement[];
  facts: readonly Fact[];
  hits: Hits;
}): Evidence[] {
  const found = new Map<string, Evidence>();
  const add = (evidence: Evidence): void => {
    if (evidence.source !== 'claimed-by-answer' && !found.has(evidence.name)) found.set(evidence.name, evidence);
  };
  for (const [sign, hits] of read.hits)
    for (const { line, source } of hits) add({ name: `sign ${sign}`, says: sign, line, source });
  for (const fact of read.facts) {
    if (!SHARED_KINDS.has(fact.kind)) continue;
    const side = fact.kind === 'scopes' ? ` ${fact.side}` : '';
    add({ name: `fact ${fact.kind} ${fact.value}${side}`, says: fact.value, line: fact.line, source: fact.source });
  }
  for (const command of read.facts) {
    if (command.kind !== 'command') continue;
    const answer = read.facts.find(
      ({ kind, line }) =>
        (kind === 'message' || kind === 'scopes' || kind === 'close-code' || kind === 'http-status') &&
        line >= command.line &&
        line <= command.line + REACH_OF_A_COMMAND,
    );
    if (answer !== undefined)
      add({ name: `pair ${command.value} ${answer.value}`, says: `${command.value}: ${answer.value}`, line: command.line, source: command.source });
  }
  let characters = 0;
  for (const statement of read.statements) {
    const source = sourceOf(statement);
    if (source === 'claimed-by-answer') continue;
    characters += statement.text.length;
    if (characters > MOST_CHARACTERS) break;
    const lower = statement.text.toLowerCase();
    const shared = { line: statement.number, source };
    for (const concept of conceptsIn(lower)) add({ name: `about ${concept}`, says: saysOf(concept), ...shared });
    for (const word of wordsOf(lower)) add({ name: `word ${word}`, says: `"${word}"`, ...shared });
    for (const sentence of lower.split(/(?<=[.!?;:])\s+|。|，/)) {
      const concepts = [...conceptsIn(sentence)];
      const clients = concepts.filter((c) => CLIENTS.has(c)), refusals = concepts.filter((c) => REFUSALS.has(c)), changes = concepts.filter((c) => CHANGES.has(c));
      for (const c of clients) for (const r of refusals) add({ name: `pair ${c} ${r}`, says: `${c} ${r}`, ...shared });
      for (const c of changes) for (const r of refusals) add({ name: `pair ${c} ${r}`, says: `${c} ${r}`, ...shared });
      for (const c of changes) for (const r of clients) add({ name: `pair ${c} ${r}`, says: `${c} ${r}`, ...shared });
    }
  }
  return [...found.values()];
}

const saysOf = (concept: ConceptId): string => concept.replaceAll('-', ' ');
