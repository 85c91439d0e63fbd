import { code, renderAnswer } from '../paste/answer-markdown.ts';
import { prose } from '../report/markdown/markdown-text.ts';
import { ownProse } from '../report/markdown/own-markdown.ts';
import { fitTo } from '../report/terminal/terminal-text.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { listed } from '../text/format.ts';
import type { PlayReason } from './plays.ts';
import type {
  BoundaryResult,
  ReleaseResult,
  ReleaseState,
  Reproduction,
  ScenarioResult,
  VariedResult,
  WorkaroundResult,
} from './reproduction.ts';

const WHY_WORDS: Record<PlayReason, string> = {
  reported: 'reported',
  newest: 'newest',
  'last-affected': 'last affected',
  'first-after': 'first after it',
};

const STATE_WORDS: Record<ReleaseState, string> = {
  reproduced: '**reproduced**',
  'not-reproduced': 'not reproduced',
  'does-not-apply': 'does not apply',
  undecided: 'undecided',
};

/** The heading of each group of workarounds, in the order of the answer. */
const OUTCOME_HEADINGS: Record<WorkaroundResult['outcome'], string> = {
  helps: 'What helps',
  'does-not-help': 'What does not help',
  'makes-it-worse': 'What makes it worse',
  'no-longer-exists': 'What no longer exists',
};

function headline({ verdict, scenarios }: Reproduction): string {
  const on = (state: ReleaseState): string =>
    listed([
      ...new Set(
        scenarios.flatMap(({ releases, asReported }) => [
          ...releases.filter((each) => each.state === state).map(({ version }) => version),
          ...(asReported?.state === state ? [asReported.version] : []),
        ]),
      ),
    ]);
  switch (verdict) {
    case 'reproduced':
      return `**Reproduced on ${on('reproduced')}.**`;
    case 'not-reproduced':
      return `**${isByDesign(scenarios) ? 'The gateway behaves as designed' : 'Not reproduced'}.** Played on ${on('not-reproduced')}${on('does-not-apply') === '' ? '' : `; a scenario does not apply to ${on('does-not-apply')}`}.`;
    case 'undecided':
      return '**Undecided:** the scenario could not be played to the end, or the gateway behaved in a third way.';
    case 'not-played':
      return '';
  }
}

/** Whether no scenario that was played affects a release: each shows what the gateway does rightly, such as a refusal. */
function isByDesign(scenarios: readonly ScenarioResult[]): boolean {
  return scenarios.every(({ affected }) => affected === 'none');
}

function releaseRow({ version, why, state, because, checks }: ReleaseResult): string {
  const shown = because ?? checks.map(({ seen }) => seen).join('; ');
  return `| ${version} | ${why.map((each) => WHY_WORDS[each]).join(', ')} | ${STATE_WORDS[state]} | ${prose(shown)} |`;
}

function variedLines({ settings, version, state, because, command }: VariedResult): string[] {
  const told = settings.map(({ key, value, line }) => `${code(`${key}: ${value}`)} (line ${line})`);
  return [
    `With the settings of the report, ${listed(told)}, on ${version}: ${STATE_WORDS[state]}${because === null ? '' : ` (${prose(because)})`}.`,
    `To see it again: ${code(command)}`,
    '',
  ];
}

function workaroundLines(workarounds: readonly WorkaroundResult[]): string[] {
  return Object.entries(OUTCOME_HEADINGS).flatMap(([outcome, heading]) => {
    const group = workarounds.filter((each) => each.outcome === outcome);
    if (group.length === 0) return [];
    return [
      `#### ${heading}, played on ${group[0]?.version}`,
      '',
      ...group.map(({ advice, name }) => `- ${ownProse(advice)} (${code(name)})`),
      '',
    ];
  });
}

/** The longest expectation in an answer, in characters, so that each check is one line; `postern explain` has the whole. */
const EXPECTED_CHARACTERS = 110;

/** The checks of the boundary, by their names. The releases on which all of them held are said once. */
function boundaryLines(scenario: string, boundary: readonly BoundaryResult[]): string[] {
  if (boundary.length === 0) return [];
  const played = [...new Set(boundary.flatMap(({ held, broken }) => [...held, ...broken]))];
  return [
    '#### What must stay refused',
    '',
    'A change that makes one of these checks fail opens the gateway to remote clients.',
    `Each held on ${listed(played)}, unless its line says something else.`,
    '',
    ...boundary.map(({ check, expected, held, broken }) => {
      const where = held.length === 0 || held.length === played.length ? '' : ` Held on ${listed(held)}.`;
      const not = broken.length === 0 ? '' : ` **Did not hold on ${listed(broken)}.**`;
      const name = check.slice(scenario.length + 1);
      return `- ${code(name)}: ${ownProse(fitTo(EXPECTED_CHARACTERS, expected))}.${where}${not}`;
    }),
    '',
  ];
}

function scenarioLines(result: ScenarioResult): string[] {
  const { scenario, title, affected, releases, firstWithout, workarounds, boundary, asReported, command } = result;
  return [
    `### ${ownProse(title)}`,
    '',
    `Scenario ${code(scenario)}, ${affected === 'none' ? 'which affects no release: the gateway behaves as designed' : `affected releases ${code(affected)}`}.`,
    '',
    '| release | why | result | seen |',
    '| --- | --- | --- | --- |',
    ...releases.map(releaseRow),
    '',
    ...(firstWithout === null ? [] : [`The first stable release without it is **${firstWithout}**.`, '']),
    ...(asReported === null ? [] : variedLines(asReported)),
    ...workaroundLines(workarounds),
    ...boundaryLines(scenario, boundary),
    `To see it again: ${code(command)}`,
    '',
  ];
}

/**
 * The answer as Markdown, made to be pasted into an issue. First what was played, then what it rests on in the report. `scenarios` are those of
 * the catalogue.
 */
export function renderReproduction(reproduction: Reproduction, scenarios: readonly LoadedScenario[]): string {
  const { verdict, answer, scenarios: played, problems } = reproduction;
  if (verdict === 'not-played') return renderAnswer(answer, scenarios);
  return [
    headline(reproduction),
    '',
    ...played.flatMap(scenarioLines),
    ...(problems.length === 0 ? [] : ['### Problems', '', ...problems.map((text) => `- ${prose(text)}`), '']),
    '---',
    '',
    renderAnswer(answer, scenarios),
  ].join('\n');
}
