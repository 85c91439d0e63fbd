import { parse } from 'acorn';
import { describe, expect, test } from 'vitest';
import { EVENT_PROPERTIES } from '../events/properties.ts';
import { RIGHTS_PROPERTIES } from '../rights/properties.ts';
import { ROUTE_PROPERTIES } from '../routes/properties.ts';
import { inRange } from '../scenario/releases/range.ts';
import { SETTING_PROPERTIES } from '../settings/properties.ts';
import { EVENTS_MUTANTS, RIGHTS_MUTANTS, ROUTES_MUTANTS, SETTINGS_MUTANTS } from './all-survey-mutants.ts';
import type { Edit } from './patch.ts';
import { type SurveyMutant, surveyBuildsOf } from './survey-mutant.ts';

/** What surveys find beside their properties: a method or a path that is new. */
const NEW_METHOD = { id: 'new-methods-need-a-scope', releases: '*' };
const NEW_PATH = { id: 'every-route-is-written-down', releases: '*' };

const isClaimed = (properties: readonly { id: string; releases: string }[], id: string, release: string): boolean =>
  properties.some(
    (property) => property.id === id && (property.releases === '*' || inRange(release, property.releases)),
  );

/** Whether the replacement is JavaScript at its target: statements for a body, else an expression. */
function isJavaScript(edit: Edit): boolean {
  const text = 'body' in edit || 'start' in edit ? `async () => { ${edit.with} }` : `async () => (${edit.with})`;
  try {
    parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
    return true;
  } catch {
    return false;
  }
}

describe.each([
  { survey: 'rights', mutants: RIGHTS_MUTANTS, properties: [...RIGHTS_PROPERTIES, NEW_METHOD] },
  { survey: 'routes', mutants: ROUTES_MUTANTS, properties: [...ROUTE_PROPERTIES, NEW_PATH] },
  { survey: 'events', mutants: EVENTS_MUTANTS, properties: EVENT_PROPERTIES },
  { survey: 'settings', mutants: SETTINGS_MUTANTS, properties: SETTING_PROPERTIES },
])('the mutants of $survey', ({ survey, mutants, properties }) => {
  const builds = surveyBuildsOf(mutants);

  test('are many, on each release', () => {
    for (const release of ['2026.4.1', '2026.7.1', '2026.9.6'])
      expect(builds.filter((build) => build.release === release).length, release).toBeGreaterThanOrEqual(
        survey === 'settings' || survey === 'events' ? 6 : 30,
      );
  });

  test('have unique ids of words', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    expect(mutants.filter(({ id }) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  test('name what must notice them, unless nothing does', () => {
    const names = ({ comparison, properties: ids }: SurveyMutant['expects']): boolean => comparison || ids.length > 0;
    expect(builds.filter(({ mutant, expected }) => names(expected) === (mutant.unseen !== undefined))).toEqual([]);
  });

  test('name properties that are claimed for the release, each once', () => {
    for (const { mutant, release, expected } of builds) {
      expect(new Set(expected.properties).size, mutant.id).toBe(expected.properties.length);
      for (const id of expected.properties)
        expect(isClaimed(properties, id, release), `${mutant.id} on ${release}: ${id}`).toBe(true);
    }
  });

  test('replace code by JavaScript', () => {
    expect(builds.flatMap(({ edits }) => edits).filter((edit) => !isJavaScript(edit))).toEqual([]);
  });

  test('expect something else only on releases that they are made of', () => {
    for (const { id, on, expectsOn } of mutants)
      expect(
        Object.keys(expectsOn ?? {}).filter((release) => !Object.hasOwn(on, release)),
        id,
      ).toEqual([]);
  });
});

test('every property that somebody could break has a mutant', () => {
  const named = new Set([...RIGHTS_MUTANTS, ...ROUTES_MUTANTS].flatMap(({ expects }) => expects.properties));
  const unnamed = [...RIGHTS_PROPERTIES, ...ROUTE_PROPERTIES].map(({ id }) => id).filter((id) => !named.has(id));
  // These two say that a gateway gives what it promises; a gateway that gives less is not weakened.
  expect(unnamed).toEqual(['a-scope-suffices', 'the-promised-credential-opens']);
});
