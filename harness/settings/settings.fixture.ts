import { inRange } from '../scenario/releases/range.ts';
import { configurationsOf, PLAIN } from './configurations.ts';
import { ALL_KNOCKS, type KnockId } from './knocks.ts';
import type { ConfigurationSeen, KnockSeen, SeenSettings } from './seen-settings.ts';
import { warningsFor } from './setting.ts';

/** What the plain gateway of the fixture admits, or lets wait; it refuses every other knock. */
const WELCOME: Readonly<Partial<Record<KnockId, 'admitted' | 'waits for approval'>>> = {
  'here/secret': 'admitted',
  'lan/secret': 'waits for approval',
  'elsewhere/secret': 'waits for approval',
};

const knockSeen = (knock: KnockId, reached: KnockSeen['reached']): KnockSeen => ({
  knock,
  reached,
  scopes: reached === 'admitted' ? ['operator.read'] : [],
  said: reached === 'refused before authentication' ? 'credentials' : '',
});

/** What a gateway shows that opens exactly what its settings say, and warns of it. `changed` replaces what was seen at configurations, by their ids. */
export function seenWith(
  changed: Readonly<Record<string, Partial<ConfigurationSeen>>> = {},
  version = '2026.9.6',
): SeenSettings {
  const configurations = configurationsOf(version).map(({ id, values, unsafe }): ConfigurationSeen => {
    const ids = new Set(values.map((value) => value.id));
    const opened = new Set<string>(
      values
        .filter(({ ignoredIn }) => ignoredIn === undefined || !inRange(version, ignoredIn))
        .flatMap(({ opens }) => opens)
        .filter(({ releases = '*' }) => releases === '*' || inRange(version, releases))
        .filter((opening) => (opening.with ?? []).every((other) => ids.has(other)))
        .flatMap(({ knocks }) => [...knocks]),
    );
    const closed = new Set<string>(values.flatMap(({ closes = [] }) => [...closes]));
    const reachedBy = (knock: KnockId): KnockSeen['reached'] => {
      if (closed.has(knock)) return 'refused after authentication';
      return opened.has(knock) ? 'admitted' : (WELCOME[knock] ?? 'refused before authentication');
    };
    const runs = unsafe === null;
    return {
      id,
      runs,
      why: runs ? '' : 'Refusing to bind gateway to lan without auth.',
      knocks: runs
        ? ALL_KNOCKS.filter(({ onlyWith }) => onlyWith === undefined || id === PLAIN || ids.has(onlyWith)).map((each) =>
            knockSeen(each.id, reachedBy(each.id)),
          )
        : [],
      warnings: runs ? warningsFor(values, version) : null,
      ...changed[id],
    };
  });
  return { version, configurations };
}

/** What was seen at a configuration of the fixture, with one knock that comes to something else. */
export function knocksAt(id: string, knock: KnockId, reached: KnockSeen['reached'], version?: string): KnockSeen[] {
  const seen = seenWith({}, version).configurations.find((each) => each.id === id);
  if (seen === undefined) throw new Error(`the fixture has no configuration ${id}`);
  return seen.knocks.map((each) => (each.knock === knock ? knockSeen(knock, reached) : each));
}
