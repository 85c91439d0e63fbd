import { type ConceptId, conceptsIn, isChange, isClient, isRefusal } from './concepts.ts';
import type { Hits } from './detect.ts';
import type { Fact, FactKind, Source } from './facts.ts';
import { wordsOf } from './profile.ts';
import { signOf } from './signs.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';

/** How evidence was found. */
export type EvidenceKind =
  /** A sign of the table in harness/paste/signs.ts. */
  | 'sign'
  /** A fact whose value means the same in every report. */
  | 'fact'
  /** An idea of the table in harness/paste/concepts.ts. */
  | 'idea'
  /** Two ideas in one sentence, such as who was refused what, or a command with what answered it. */
  | 'pair'
  /** A word. */
  | 'word';

/** Something that a report shows and that other reports may show too. `name` is the same in all of them; `says` completes "the report …". */
export type Evidence = { kind: EvidenceKind; name: string; says: string; line: number; source: Source };

/** Kinds of facts whose values mean the same in the reports of different people; a version, an address or an origin does not. */
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

/** Kinds of facts that say how a command was answered. */
const ANSWERS: ReadonlySet<FactKind> = new Set(['message', 'scopes', 'close-code', 'http-status']);

/** How many lines below a command its answer may stand. */
const REACH_OF_A_COMMAND = 4;

/** The most characters of a report whose words and ideas count: what the user says stands first, and a log repeats itself. */
const MOST_CHARACTERS = 20_000;

const SENTENCE_ENDS = /(?<=[.!?;])\s+|[。，；]/;

type Found = Omit<Evidence, 'source'> & { source: Source };

function fromFacts(facts: readonly Fact[]): Found[] {
  const shared = facts.filter(({ kind }) => SHARED_KINDS.has(kind));
  const answers = facts.filter(({ kind }) => ANSWERS.has(kind));
  return shared.flatMap((fact): Found[] => {
    const { kind, value, line, source } = fact;
    const side = kind === 'scopes' ? ` ${fact.side}` : '';
    const own: Found = { kind: 'fact', name: `${kind} ${value}${side}`, says: `has ${value}`, line, source };
    if (kind !== 'command') return [own];
    const answer = answers.find((each) => each.line >= line && each.line <= line + REACH_OF_A_COMMAND);
    if (answer === undefined) return [own];
    const says = `runs ${value} and gets ${answer.value}`;
    return [own, { kind: 'pair', name: `${value} + ${answer.value}`, says, line, source }];
  });
}

/** Who was refused what, after which change, and who changed it. */
function pairsIn(sentence: string): (readonly [ConceptId, ConceptId])[] {
  const ideas = [...conceptsIn(sentence)];
  const clients = ideas.filter(isClient);
  const changes = ideas.filter(isChange);
  const refusals = ideas.filter(isRefusal);
  const cross = (some: readonly ConceptId[], others: readonly ConceptId[]): (readonly [ConceptId, ConceptId])[] =>
    some.flatMap((one) => others.map((other) => [one, other] as const));
  return [...cross(clients, refusals), ...cross(changes, refusals), ...cross(changes, clients)];
}

function fromText(text: string, place: { line: number; source: Source }): Found[] {
  const lower = text.toLowerCase();
  const about = (id: ConceptId): string => id.replaceAll('-', ' ');
  return [
    ...[...conceptsIn(lower)].map(
      (id): Found => ({ kind: 'idea', name: id, says: `speaks of ${about(id)}`, ...place }),
    ),
    ...[...wordsOf(lower)].map((word): Found => ({ kind: 'word', name: word, says: `says "${word}"`, ...place })),
    ...lower.split(SENTENCE_ENDS).flatMap((sentence) =>
      pairsIn(sentence).map(
        ([one, other]): Found => ({
          kind: 'pair',
          name: `${one} + ${other}`,
          says: `speaks of ${about(one)} and ${about(other)} together`,
          ...place,
        }),
      ),
    ),
  ];
}

/** The evidence of a report, each piece once, with the first line that shows it. Claims of answers are none. Takes time in proportion to it. */
export function evidenceOf({
  statements,
  facts,
  hits,
}: {
  statements: readonly Statement[];
  facts: readonly Fact[];
  hits: Hits;
}): Evidence[] {
  const found = new Map<string, Evidence>();
  const add = (evidence: Found): void => {
    const key = keyOf(evidence);
    if (evidence.source !== 'claimed-by-answer' && !found.has(key)) found.set(key, evidence);
  };
  for (const [sign, places] of hits)
    for (const { line, source } of places) add({ kind: 'sign', name: sign, says: signOf(sign).says, line, source });
  for (const each of fromFacts(facts)) add(each);
  let characters = 0;
  for (const statement of statements) {
    const source = sourceOf(statement);
    if (source === 'claimed-by-answer') continue;
    characters += statement.text.length;
    if (characters > MOST_CHARACTERS) break;
    for (const each of fromText(statement.text, { line: statement.number, source })) add(each);
  }
  return [...found.values()];
}

/** The name of evidence among that of every kind. */
export function keyOf({ kind, name }: Pick<Evidence, 'kind' | 'name'>): string {
  return `${kind}: ${name}`;
}
