import { z } from 'zod';
import { configurationsOf } from './configurations.ts';
import { compareAccess, sayAccess } from './level.ts';
import type { ConfigurationSeen, SeenSettings } from './seen-settings.ts';
import { warningsFor } from './setting.ts';

/**
 * How a configuration differs on the head. `weakened`: a knock comes further than on the base, the head starts with unsafe settings, or its audit no longer
 * warns of what it must warn of. `tightened`: a knock comes less far, or the head does not start. `new`, `gone`: only one of the two knows the configuration,
 * starts with it, or warns of something else.
 * `undecided`: what a knock came to is not known on one of them, or the head neither started nor exited. `was` and `is` say what was seen; `knock` is null for a configuration as a whole.
 */
const settingChangeSchema = z.strictObject({
  configuration: z.string(),
  knock: z.string().nullable(),
  kind: z.enum(['weakened', 'undecided', 'new', 'tightened', 'gone']),
  was: z.string(),
  is: z.string(),
});
export type SettingChange = z.infer<typeof settingChangeSchema>;

export const settingsComparisonSchema = z.strictObject({
  base: z.string(),
  head: z.string(),
  settings: z.array(settingChangeSchema),
});
export type SettingsComparison = z.infer<typeof settingsComparisonSchema>;

/** The order in which changes are shown: the one that matters most first. */
const ORDER: readonly SettingChange['kind'][] = ['weakened', 'undecided', 'new', 'tightened', 'gone'];

/** Compares two gateways at every configuration. A configuration that only one was given, because the other does not know a setting, is `new` or `gone`. */
export function compareSettings(base: SeenSettings, head: SeenSettings): SettingsComparison {
  const [before, after] = [byId(base), byId(head)];
  const played = new Map(configurationsOf(head.version).map((each) => [each.id, each]));
  const settings = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const { unsafe = null, values = [] } = played.get(id) ?? {};
    const promised = warningsFor(values, head.version);
    return changesOf(id, before.get(id), after.get(id), { isUnsafe: unsafe !== null, promised });
  });
  return {
    ...{ base: base.version, head: head.version },
    settings: settings.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
  };
}

const byId = ({ configurations }: SeenSettings): Map<string, ConfigurationSeen> =>
  new Map(configurations.map((seen) => [seen.id, seen]));

const sayState = ({ runs, why }: ConfigurationSeen): string => (runs ? 'it runs' : `it does not start: ${why}`);

function changesOf(
  configuration: string,
  base: ConfigurationSeen | undefined,
  head: ConfigurationSeen | undefined,
  { isUnsafe, promised }: { isUnsafe: boolean; promised: readonly string[] },
): SettingChange[] {
  const whole = { configuration, knock: null };
  if (base === undefined) return head === undefined ? [] : [{ ...whole, kind: 'new', was: '', is: sayState(head) }];
  if (head === undefined) return [{ ...whole, kind: 'gone', was: sayState(base), is: '' }];
  const states = { was: sayState(base), is: sayState(head) };
  if (head.hangs === true) return [{ ...whole, kind: 'undecided', ...states }];
  if (base.runs && !head.runs) return [{ ...whole, kind: 'tightened', ...states }];
  if (!base.runs && head.runs) return [{ ...whole, kind: isUnsafe ? 'weakened' : 'new', ...states }];
  return [...warningChanges(base, head, promised), ...knockChanges(base, head)];
}

/** `promised` are the checks that the audit of the head must find. */
function warningChanges(
  { id, warnings: was }: ConfigurationSeen,
  { warnings: is }: ConfigurationSeen,
  promised: readonly string[],
): SettingChange[] {
  if (was === null || is === null) return [];
  const say = (warnings: readonly string[]): string => `the audit says ${warnings.join(', ') || 'nothing'}`;
  const [lost, gained] = [was.filter((each) => !is.includes(each)), is.filter((each) => !was.includes(each))];
  if (lost.length + gained.length === 0) return [];
  const kind = lost.some((each) => promised.includes(each)) ? 'weakened' : lost.length > 0 ? 'gone' : 'new';
  return [{ configuration: id, knock: null, kind, was: say(was), is: say(is) }];
}

function knockChanges(base: ConfigurationSeen, head: ConfigurationSeen): SettingChange[] {
  const was = new Map(base.knocks.map((knock) => [knock.knock, knock]));
  return head.knocks.flatMap((knock): SettingChange[] => {
    const before = was.get(knock.knock);
    if (before === undefined) return [];
    const order = compareAccess(knock, before);
    if (order === 0) return [];
    const kind = order === null ? 'undecided' : order === 1 ? 'weakened' : 'tightened';
    const isSame = before.reached === knock.reached;
    if (kind === 'undecided' && isSame) return [];
    return [{ configuration: head.id, knock: knock.knock, kind, was: sayAccess(before), is: sayAccess(knock) }];
  });
}
