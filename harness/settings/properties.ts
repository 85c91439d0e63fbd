import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { inRangeOrNewest } from '../scenario/releases/range.ts';
import { VALUES } from './all-settings.ts';
import type { Configuration } from './configurations.ts';
import { compareAccess, sayAccess } from './level.ts';
import type { KnockSeen } from './seen-settings.ts';
import { isIgnored, type Opening, type SettingValue, warningsFor } from './setting.ts';
import type { Breach, SettingProperty } from './setting-property.ts';

const AUDIT_PAGE = 'docs/gateway/security/audit-checks.md';
const EXPOSURE_PAGE = 'docs/gateway/security/network-exposure.md';

/** The openings of a value that count on a version at a configuration. */
function openingsOf(value: SettingValue, { values }: Configuration, version: string): Opening[] {
  if (isIgnored(value, version)) return [];
  const ids = new Set(values.map(({ id }) => id));
  return value.opens.filter(
    ({ with: others = [], releases = EVERY_RELEASE }) =>
      inRangeOrNewest(version, releases) && others.every((id) => ids.has(id)),
  );
}

/** What a knock that got more than on the plain gateway came to. */
const sayMore = (knock: KnockSeen, plain: KnockSeen): string =>
  `${sayAccess(knock)}; without these settings ${sayAccess(plain)}`;

/** The properties of access settings; the breach that is worst comes first. */
export const SETTING_PROPERTIES: readonly SettingProperty[] = [
  {
    id: 'unsafe-settings-do-not-start',
    statement: 'The gateway does not start with settings that nobody could use safely.',
    sources: [
      quoted('docs/gateway/config-gateway.md', 'Non-loopback binds require gateway auth.'),
      quoted(AUDIT_PAGE, 'Trusted-proxy auth without trusted proxy IPs is unsafe'),
    ],
    releases: EVERY_RELEASE,
    breaches: ({ configurations }) =>
      configurations.flatMap(({ id, unsafe, seen }): Breach[] =>
        unsafe === null || !seen.runs ? [] : [{ configuration: id, knock: null, seen: `it runs. ${unsafe.because}` }],
      ),
  },
  {
    id: 'no-more-than-the-settings-open',
    statement: 'A client gets more than on the plain gateway only by a setting whose documentation says that it does.',
    sources: [
      quoted(
        EXPOSURE_PAGE,
        'treat it as a dangerous operator-selected policy',
        'A setting that opens more than its page says is no policy that the owner selected.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: ({ version, configurations, plain }) =>
      configurations.flatMap((configuration): Breach[] => {
        const opened = new Set<string>(
          configuration.values.flatMap((value) =>
            openingsOf(value, configuration, version).flatMap(({ knocks }) => [...knocks]),
          ),
        );
        return configuration.seen.knocks.flatMap((knock): Breach[] => {
          const before = plain.get(knock.knock);
          if (before === undefined || opened.has(knock.knock) || compareAccess(knock, before) !== 1) return [];
          return [{ configuration: configuration.id, knock: knock.knock, seen: sayMore(knock, before) }];
        });
      }),
  },
  {
    id: 'a-setting-does-what-it-says',
    statement: 'A setting that opens or closes the gateway to a kind of client does so, alone.',
    sources: [
      quoted(
        AUDIT_PAGE,
        'One insecure/dangerous debug flag is enabled',
        'An owner sets it for its effect, and nothing else shows that the survey could see the effect.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: ({ version, configurations, plain }) =>
      configurations.flatMap((configuration): Breach[] => {
        const { alone, seen, id } = configuration;
        if (alone === null || !seen.runs) return [];
        const opened = openingsOf(alone, configuration, version).flatMap(({ knocks }) => knocks);
        const expected = [
          ...opened.map((name) => ({ name, order: 1 })),
          ...(alone.closes ?? []).map((name) => ({ name, order: -1 })),
        ];
        return expected.flatMap(({ name, order }): Breach[] => {
          const [knock, before] = [seen.knocks.find((each) => each.knock === name), plain.get(name)];
          if (knock === undefined || before === undefined || compareAccess(knock, before) === order) return [];
          return [{ configuration: id, knock: name, seen: `${sayAccess(knock)}; without it ${sayAccess(before)}` }];
        });
      }),
  },
  {
    id: 'the-audit-warns',
    statement:
      '`openclaw security audit` warns of each setting that its documentation names, and of none that is not set.',
    sources: [quoted(AUDIT_PAGE, '`allowedOrigins=["*"]` disables browser-origin allowlisting')],
    releases: EVERY_RELEASE,
    breaches: ({ version, configurations }) =>
      configurations.flatMap(({ id, values, seen }): Breach[] => {
        const { warnings } = seen;
        if (warnings === null) return [];
        const said = `the audit says ${warnings.length === 0 ? 'nothing' : warnings.join(', ')}`;
        const expected = warningsFor(values, version);
        const missing = expected.filter((check) => !warnings.includes(check));
        const wrong = warnings.filter((warning) => OF_SETTINGS.has(warning) && !expected.includes(warning));
        return [
          ...missing.map((check) => ({ configuration: id, knock: null, seen: `${said}, and not ${check}` })),
          ...wrong.map((check) => ({ configuration: id, knock: null, seen: `the audit says ${check}` })),
        ];
      }),
  },
];

/** The checks of the audit that are about a setting of the survey. */
const OF_SETTINGS: ReadonlySet<string> = new Set(
  [...VALUES.values()].flatMap(({ warns }) => warns.map(({ check }) => check)),
);
