import { z } from 'zod';
import { mergeConfig } from '../gateway/home/gateway-home.ts';
import { inRangeOrNewest } from '../scenario/releases/range.ts';
import { PATIENT_GATEWAY, type Scenario } from '../scenario/schema/scenario.ts';
import { SETTINGS, UNSAFE_VALUES } from './all-settings.ts';
import { isIgnored, type Setting, type SettingValue, type UnsafeValues, warningsFor } from './setting.ts';

/** One value for each setting, by the id of the setting. */
type Values = ReadonlyMap<string, SettingValue>;

/**
 * A configuration: its id, which names its values that are not plain, the gateway with it, and the unsafe values with which it must not start (null:
 * it must start). `alone`: the value that it has beside plain ones and those that this needs; null for the plain configuration and for combinations.
 */
export type Configuration = {
  id: string;
  values: readonly SettingValue[];
  gateway: Scenario['gateway'];
  unsafe: UnsafeValues | null;
  alone: SettingValue | null;
};

/** The config of a gateway, which merging gives untyped. */
const configSchema = z.record(z.string(), z.json());

/** The id of the configuration in which every value is plain. */
export const PLAIN = 'plain';

/** The configurations of a version: the plain one, each value alone, combinations in which each two values meet, and the unsafe ones. Pure. */
export function configurationsOf(version: string): Configuration[] {
  const known = SETTINGS.map(({ values, ...setting }): Setting => {
    const [plain, ...others] = values;
    return { ...setting, values: [plain, ...others.filter(({ releases }) => inRangeOrNewest(version, releases))] };
  });
  const unsafe = UNSAFE_VALUES.filter(
    ({ values, releases }) =>
      inRangeOrNewest(version, releases) &&
      values.every((id) => known.some((each) => each.values.some((value) => value.id === id))),
  );
  const plain: Values = new Map(known.map(({ id, values: [value] }) => [id, value]));
  const alone = known.flatMap(({ values: [, ...others] }) =>
    others.map((value) =>
      configurationOf(withValues(known, plain, [...(value.needs ?? []), value.id]), { alone: value }),
    ),
  );
  const played = unsafe.filter(({ shownBy }) => shownBy === undefined);
  const refused = played.map((each) => configurationOf(withValues(known, plain, each.values), { unsafe: each }));
  // A value that the version ignores is played alone: what it hid in a combination would be no finding about it.
  const effective = known.map((setting): Setting => {
    const [first, ...others] = setting.values;
    return { ...setting, values: [first, ...others.filter((value) => !isIgnored(value, version))] };
  });
  const combined = combinations(effective, unsafe).map((values) => configurationOf(values));
  const all = [configurationOf(plain), ...alone, ...combined, ...refused];
  // A combination may be a configuration that is there already.
  return all.filter(({ id }, index) => all.findIndex((each) => each.id === id) === index);
}

/**
 * The ids of the configurations at which the audit is asked, because that takes the gateway's command up to ten seconds: the plain one, and as few others as
 * let it warn of everything of which it must warn.
 */
export function auditedOf(all: readonly Configuration[], version: string): ReadonlySet<string> {
  const warnedIn = ({ values }: Configuration): string[] => warningsFor(values, version);
  const safe = all.filter(({ unsafe }) => unsafe === null);
  const missing = new Set(safe.flatMap(warnedIn));
  const audited = new Set([PLAIN]);
  while (missing.size > 0) {
    const many = (configuration: Configuration): number =>
      warnedIn(configuration).filter((id) => missing.has(id)).length;
    const best = safe.reduce((one, other) => (many(other) > many(one) ? other : one));
    audited.add(best.id);
    for (const id of warnedIn(best)) missing.delete(id);
  }
  return audited;
}

function withValues(known: readonly Setting[], from: Values, ids: readonly string[]): Values {
  return new Map(
    known.map(({ id, values }) => [id, values.find((value) => ids.includes(value.id)) ?? from.get(id) ?? values[0]]),
  );
}

function configurationOf(
  values: Values,
  { alone = null, unsafe = null }: Partial<Pick<Configuration, 'alone' | 'unsafe'>> = {},
): Configuration {
  const list = [...values.values()];
  const set = list.filter(({ id }) => !SETTINGS.some(({ values: [plain] }) => plain.id === id));
  let gateway: Scenario['gateway'] = PATIENT_GATEWAY;
  for (const { gateway: over } of list)
    gateway = {
      ...gateway,
      ...over,
      config: configSchema.parse(mergeConfig(gateway.config, over.config ?? {})),
    };
  return {
    id: set.length === 0 ? PLAIN : set.map(({ id }) => id).join(' '),
    values: list,
    gateway,
    unsafe,
    alone,
  };
}

type Pair = readonly [string, string];

const pairsIn = (ids: readonly string[]): Pair[] =>
  ids.flatMap((one, index) => ids.slice(index + 1).map((other): Pair => [one, other]));
const keyOf = (pair: Pair): string => pair.join(' ');

/** Combinations in which each two values meet that may meet. Each begins with the first two that have not met, and takes the values that make most others meet. */
function combinations(known: readonly Setting[], unsafe: readonly UnsafeValues[]): Values[] {
  const isSafe = (ids: readonly string[]): boolean =>
    !unsafe.some(({ values }) => values.every((id) => ids.includes(id)));
  const missing = new Map(
    pairsIn(known.map(({ id }) => id)).flatMap(([one, other]) =>
      idsOf(known, one).flatMap((a) => idsOf(known, other).map((b): [string, Pair] => [keyOf([a, b]), [a, b]])),
    ),
  );
  for (const [key, pair] of missing) if (!isSafe(pair)) missing.delete(key);
  const made: Values[] = [];
  for (;;) {
    const [first] = missing.values();
    if (first === undefined) return made;
    const row = fill(known, first, (ids) =>
      isSafe(ids) ? pairsIn(ids).filter((pair) => missing.has(keyOf(pair))).length : -1,
    );
    for (const pair of pairsIn(row)) missing.delete(keyOf(pair));
    made.push(withValues(known, new Map(), row));
  }
}

const idsOf = (known: readonly Setting[], setting: string): string[] =>
  known.find(({ id }) => id === setting)?.values.map(({ id }) => id) ?? [];

/** The ids of a combination with these two values, in the order of the settings: each other one is that with the best score, the plain one if they are equal. */
function fill(known: readonly Setting[], pair: Pair, scoreOf: (ids: readonly string[]) => number): string[] {
  let taken = inOrder(known, pair);
  for (const { values } of known) {
    if (values.some(({ id }) => pair.includes(id))) continue;
    const scored = values.map(({ id }) => {
      const ids = inOrder(known, [...taken, id]);
      return { ids, score: scoreOf(ids) };
    });
    taken = scored.reduce((one, other) => (other.score > one.score ? other : one)).ids;
  }
  return taken;
}

const inOrder = (known: readonly Setting[], ids: readonly string[]): string[] =>
  known.flatMap(({ values }) => values.flatMap(({ id }) => (ids.includes(id) ? [id] : [])));
