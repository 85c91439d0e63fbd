import { expect, test } from 'vitest';
import { declaredChecks } from '../pairwise/declared.ts';
import { RULED_OUTCOMES } from '../results/release-outcomes.ts';
import { ROOT } from '../root.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { BASELINE_NAMES } from '../scenario/releases/upgrade-baselines.ts';
import { loadPolicy, parsePolicy } from './policy.ts';

const CHECKS = new Set(['races/example/check']);
const rule = (outcome: string, rest = ''): string =>
  `  - { outcome: ${outcome}, ${rest}holds: [stable], owner: us, reason: It is so. }\n`;
const RULES = RULED_OUTCOMES.map((outcome) => rule(outcome)).join('');
const BASELINES = BASELINE_NAMES.map(
  (name) => `  - { name: ${name}, holds: [stable], owner: us, reason: It is so. }\n`,
).join('');
const policyWith = ({ baselines = BASELINES, rules = RULES, waivers = ' []\n' }): string =>
  `expiringDays: 14\nbaselines:\n${baselines}rules:\n${rules}waivers:${waivers}`;
const waiver = (of: string, candidates = '<=2026.9.7'): string =>
  `  - { outcome: flaky, of: ${of}, candidates: "${candidates}", reason: R., link: L, owner: us, expires: 2027-01-01 }\n`;

test('the policy of the project is sound, and names each outcome and each baseline', () => {
  const { policy, sha256 } = loadPolicy(ROOT, declaredChecks(CATALOGUE));
  expect(new Set(policy.rules.map(({ outcome }) => outcome))).toEqual(new Set(RULED_OUTCOMES));
  expect(policy.baselines.map(({ name }) => name)).toEqual(BASELINE_NAMES);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('a sound policy is read as it is written', () => {
  const narrow = rule('flaky', 'checks: [races/example/check], ') + rule('flaky', 'classes: [races, boundary], ');
  const { rules, waivers } = parsePolicy(
    policyWith({ rules: narrow + RULES, waivers: `\n${waiver('races/example/check')}` }),
    'policy.yaml',
    CHECKS,
  );
  expect(rules.slice(0, 2)).toEqual([
    { outcome: 'flaky', checks: ['races/example/check'], holds: ['stable'], owner: 'us', reason: 'It is so.' },
    { outcome: 'flaky', classes: ['races', 'boundary'], holds: ['stable'], owner: 'us', reason: 'It is so.' },
  ]);
  expect(waivers).toEqual([
    {
      outcome: 'flaky',
      of: 'races/example/check',
      candidates: '<=2026.9.7',
      reason: 'R.',
      link: 'L',
      owner: 'us',
      expires: '2027-01-01',
    },
  ]);
});

const [FIRST_BASELINE = '', ...OTHER_BASELINES] = BASELINES.split(/(?<=\n)/);
const [FIRST_RULE = '', ...OTHER_RULES] = RULES.split(/(?<=\n)/);

test.each<[what: string, text: string, fault: string]>([
  [
    'a baseline that is not named',
    policyWith({ baselines: OTHER_BASELINES.join('') }),
    '3:3: nothing says which candidates must be compared with "latest"',
  ],
  ['a baseline twice', policyWith({ baselines: BASELINES + FIRST_BASELINE }), '7:5: a second entry for "latest"'],
  [
    'an outcome without a rule',
    policyWith({ rules: OTHER_RULES.join('') }),
    '8:3: nothing decides about every "blocker-regressed"',
  ],
  [
    'a rule that is never reached',
    policyWith({ rules: FIRST_RULE + RULES }),
    '9:5: never reached: a rule above decides about every "blocker-regressed"',
  ],
  [
    'a narrow rule about what is of no scenario',
    policyWith({ rules: rule('entry-stale', 'classes: [races], ') + RULES }),
    '8:5: never fits: "entry-stale" is about no scenario',
  ],
  [
    'a check that is not there',
    policyWith({ rules: rule('flaky', 'checks: [races/gone/check], ') + RULES }),
    '8:32: no check is called "races/gone/check"',
  ],
  ['a rule about what was not run', policyWith({ rules: rule('not-run') + RULES }), '8:16: '],
  ['a range of candidates that is none', policyWith({ waivers: `\n${waiver('x', 'soon')}` }), '"soon" is no range'],
  ['a waiver twice', policyWith({ waivers: `\n${waiver('x')}${waiver('x')}` }), 'a second waiver of "flaky" for "x"'],
  ['an unknown key', `${policyWith({})}more: 1\n`, 'unknown key "more"'],
  ['broken YAML', 'expiringDays: "1\n', ':1:'],
])('%s is a fault with its place', (_what, text, fault) => {
  expect(() => parsePolicy(text, 'policy.yaml', CHECKS)).toThrow(fault);
});
