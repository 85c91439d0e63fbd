import { z } from 'zod';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { inRange } from '../scenario/releases/range.ts';
import { WORKAROUND_OUTCOMES } from '../scenario/schema/scenario.ts';
import { draftScenario } from './draft-scenario.ts';
import { type Fact, factSchema, factsOf, releaseFactSchema, SOURCES } from './facts.ts';
import { createHide, type Hide } from './hide.ts';
import { type Ranking, type Reason, rankingSchema } from './ranking.ts';
import type { Read } from './read.ts';
import { WORKAROUND_IDS, WORKAROUNDS, workaroundsOf } from './workarounds.ts';

/** A workaround that the reporter tried or was told, beside what the scenarios of the answer say of it. */
const triedSchema = z.strictObject({
  /** An id of the table in harness/paste/workarounds.ts. */
  workaround: z.enum(WORKAROUND_IDS),
  says: z.string(),
  line: z.int().positive(),
  source: z.enum(SOURCES),
  became: z.enum(['helped', 'did-not-help', 'made-it-worse', 'not-said']),
  /** What it was seen to do in scenarios of the answer, on the reported release if one is known. */
  declared: z.array(
    z.strictObject({ scenario: z.string(), name: z.string(), outcome: z.enum(WORKAROUND_OUTCOMES), range: z.string() }),
  ),
});
export type Tried = z.infer<typeof triedSchema>;

/** Everything that was found out about a pasted report without playing anything. Every text is without secrets, names and addresses. */
export const answerSchema = z.strictObject({
  format: z.literal(1),
  /** Every fact, in the order of the lines. */
  facts: z.array(factSchema),
  release: z.strictObject({
    shows: releaseFactSchema.nullable(),
    also: z.array(releaseFactSchema),
    from: releaseFactSchema.nullable(),
    without: z.array(releaseFactSchema),
    contradicts: z.array(releaseFactSchema),
  }),
  ranking: rankingSchema,
  tried: z.array(triedSchema),
  /** A scenario file to begin with, as YAML that loads, where no scenario plays the report; null in every other case. */
  draft: z.string().nullable(),
});
export type Answer = z.infer<typeof answerSchema>;

/**
 * Puts together what was read and how it was ranked, and hides what must not be shown. `hide` gives equal values equal placeholders: whoever
 * adds texts to the answer must hide them with the same one.
 */
export function answerOf(
  read: Read,
  ranking: Ranking,
  scenarios: readonly LoadedScenario[],
  hide: Hide = createHide(),
): Answer {
  const shownOf = (reasons: readonly Reason[]): Reason[] =>
    reasons.map((reason) => ({ ...reason, says: hide(reason.says) }));
  return answerSchema.parse({
    format: 1,
    facts: read.facts.map((fact) => hidden(fact, hide)),
    release: read.release,
    ranking: {
      ...ranking,
      reasons: shownOf(ranking.reasons),
      scenarios: ranking.scenarios.map((candidate) => ({ ...candidate, reasons: shownOf(candidate.reasons) })),
    },
    tried: triedIn(read, ranking, scenarios),
    draft: ranking.verdict === 'not-covered' ? draftScenario(read.facts, read.release, ranking) : null,
  });
}

/** The ids of clients that programs write; another text is the name that a user gave a device. */
const CLIENT_ID = /^[a-z][a-z0-9-]{0,40}$/;

/** A fact with a value that may be shown. What a value is decides how it is read: a host needs no dot to be one. */
function hidden<F extends Fact>(fact: F, hide: Hide): F {
  switch (fact.kind) {
    case 'host':
      return { ...fact, value: hide(`ws://${fact.value}`).slice('ws://'.length) };
    case 'client-id':
      return { ...fact, value: CLIENT_ID.test(fact.value) ? fact.value : '<client>' };
    default:
      return { ...fact, value: hide(fact.value) };
  }
}

function triedIn({ facts, release }: Read, ranking: Ranking, scenarios: readonly LoadedScenario[]): Tried[] {
  const meant = [...ranking.scenarios.map(({ scenario }) => scenario), ...ranking.near];
  const declared = scenarios
    .filter(({ scenario }) => meant.includes(scenario.id))
    .flatMap((loaded) => workaroundsOf(loaded).map((workaround) => ({ scenario: loaded.scenario.id, ...workaround })))
    .filter(({ range }) => release.shows === null || inRange(release.shows.published, range));
  return factsOf(facts, 'workaround').flatMap(({ value, line, source, became }): Tried[] => {
    const id = WORKAROUND_IDS.find((each) => each === value);
    if (id === undefined) return [];
    const same = declared.filter((workaround) => workaround.id === id);
    return [
      {
        workaround: id,
        says: WORKAROUNDS[id].says,
        line,
        source,
        became,
        declared: same.map(({ scenario, name, outcome, range }) => ({ scenario, name, outcome, range })),
      },
    ];
  });
}
