import type { Quotation } from '../properties/documentation.ts';
import { inRangeOrNewest } from '../scenario/releases/range.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { KnockId } from './knocks.ts';

type Gateway = Scenario['gateway'];

/**
 * What a value of a setting gives: who comes further in than on the plain gateway, what else must be set for it (`with`: ids of values), and on which
 * releases (default: all).
 */
export type Opening = { knocks: readonly KnockId[]; with?: readonly string[]; releases?: string };

/**
 * One value of an access setting of the gateway. Ids are unique over all settings.
 *
 * A row is wrong if one of its `opens` comes no further with this value alone than on the plain gateway, if another knock does, or if one of its `closes`
 * does not come less far. All of that is looked for in every play.
 */
export type SettingValue = {
  id: string;
  /** The parts of the gateway that it sets; its `config` is merged over the plain one. */
  gateway: Partial<Pick<Gateway, 'auth' | 'bind' | 'config'>>;
  /** The releases that know it. */
  releases: string;
  opens: readonly Opening[];
  /** The knocks that come less far with this value alone than on the plain gateway. */
  closes?: readonly KnockId[];
  /** The releases that take the value and ignore it, so that it opens nothing. */
  ignoredIn?: string;
  /** The checks of `openclaw security audit` that warn of it, with the releases that do. */
  warns: readonly { check: string; releases: string }[];
  /** Values of one setting with the same word need no restart between them, although other values of it do. Default: the id. */
  startedAs?: string;
  /** The values of other settings that it needs to be played alone. */
  needs?: readonly string[];
  source: Quotation;
};

/** One access setting with its values, the plain one first. `restarts`: every release restarts to apply another value. */
export type Setting = { id: string; restarts: boolean; values: readonly [SettingValue, ...SettingValue[]] };

/** Values that a gateway must not start with at once: none of these sets may be a part of a configuration. */
export type UnsafeValues = {
  id: string;
  values: readonly string[];
  /** Why nobody could be safe with it, in one sentence. */
  because: string;
  releases: string;
  source: Quotation;
  /** The id of another row that is played in place of this one, because one check of the gateway decides both. */
  shownBy?: string;
};

/** The checks that the audit of a version must find with these values. */
export function warningsFor(values: readonly SettingValue[], version: string): string[] {
  const warns = values.flatMap((value) => value.warns).filter(({ releases }) => inRangeOrNewest(version, releases));
  return [...new Set(warns.map(({ check }) => check))].sort();
}

/** Whether a version takes a value and ignores it. */
export function isIgnored({ ignoredIn }: SettingValue, version: string): boolean {
  return ignoredIn !== undefined && inRangeOrNewest(version, ignoredIn);
}
