import { replayCommand } from '../replay-command.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { OUTCOME_WORDS } from '../scenario/catalogue/workaround.ts';
import { clip, oneLine } from '../text/control-characters.ts';
import { listed } from '../text/format.ts';
import type { Answer, Tried } from './answer.ts';
import { type Fact, PLAIN_KINDS, type ReleaseFact, type Source } from './facts.ts';
import type { Candidate, Ranking, Reason } from './ranking.ts';

const SOURCE_WORDS: Record<Source, string> = {
  printed: 'printed',
  stated: 'stated',
  'claimed-by-answer': 'claimed by an answer',
};

const VERDICT_WORDS: Record<Ranking['verdict'], string> = {
  scenario: 'A scenario plays this.',
  'needs-information': 'The report leaves open what this is.',
  'not-the-gateway': 'This is not the gateway.',
  'not-covered': 'This is about the gateway, and no scenario plays it.',
};

const BECAME_WORDS: Record<Tried['became'], string> = {
  helped: 'helped',
  'did-not-help': 'did not help',
  'made-it-worse': 'made it worse',
  'not-said': 'not said',
};

const LONGEST_VALUE = 160;

/** The most facts that are shown; all of them are in the JSON. */
const MOST_FACTS = 60;

/** A text as code, on one line, that Markdown neither formats nor links. Its fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const inner = clip(oneLine(text), LONGEST_VALUE);
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${inner}${space}${fence}`;
}

/** A cell of a table, in which a pipe would end the cell even within code. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const at = ({ line, source }: Pick<Reason, 'line' | 'source'>): string => `line ${line}, ${SOURCE_WORDS[source]}`;

/** Reasons, one for each line and sentence, those of one line together. */
function because(reasons: readonly Reason[]): string {
  const byLine = Map.groupBy(reasons, (reason) => at(reason));
  return listed([...byLine].map(([place, each]) => `${listed([...new Set(each.map(({ says }) => says))])} (${place})`));
}

const RELEASE_OF: Record<ReleaseFact['of'], string> = {
  gateway: 'release',
  command: 'release of the command',
  client: 'release of a client',
  distribution: 'version of a package around the gateway',
  'another-user': 'release of another user',
};
const RELEASE_WHEN: Record<ReleaseFact['when'], string> = {
  now: '',
  before: ', before the update',
  worked: ', said not to show it',
  'went-back': ', installed again after a later one',
  mentioned: ', only mentioned',
};

/** What a fact is, and its value as code. */
function described(fact: Fact): [what: string, value: string] {
  switch (fact.kind) {
    case 'release':
      return [`${RELEASE_OF[fact.of]}${RELEASE_WHEN[fact.when]}`, code(fact.value)];
    case 'scopes':
      return [
        { from: 'scopes before', to: 'scopes asked for', missing: 'scope that is missing', held: 'scopes' }[fact.side],
        code(fact.value),
      ];
    case 'workaround':
      return ['workaround', code(fact.value)];
    default:
      return [PLAIN_KINDS[fact.kind], code(fact.value)];
  }
}

function releaseLines({ release: { shows, also, from, without, contradicts } }: Answer): string[] {
  if (shows === null) return ['No release is named.'];
  const guessed = shows.given === 'day' ? ', guessed from a day or month that the report names' : '';
  const mapped =
    shows.published === shows.value
      ? ''
      : ` npm does not have it; ${code(shows.published)} is the nearest published one.`;
  const name = (fact: ReleaseFact): string => `${code(fact.value)} (${at(fact)})`;
  return [
    `Release: ${code(shows.value)} (${at(shows)})${guessed}.${mapped}`,
    ...(contradicts.length === 0
      ? []
      : [
          `The report contradicts itself: it also names ${listed(contradicts.map(name))}. What a program printed counts.`,
        ]),
    ...(also.length === 0 ? [] : [`Also named: ${listed(also.map(name))}.`]),
    ...(from === null ? [] : [`Before the update: ${name(from)}.`]),
    ...(without.length === 0 ? [] : [`Said not to show it: ${listed(without.map(name))}.`]),
  ];
}

const RELEASE_FIT: Record<Candidate['release'], string> = {
  affected: 'The reported release is among the affected ones.',
  applies: 'It can be played on the reported release, which is not among the affected ones.',
  'does-not-apply': 'It does not apply to the reported release.',
  unknown: 'The affected releases are those in the catalogue; none is reported.',
};

function candidateLines(
  candidate: Candidate,
  place: number,
  loaded: LoadedScenario | undefined,
  release: string | null,
): string[] {
  const title = loaded === undefined ? '' : `: ${oneLine(loaded.scenario.title)}`;
  const gateways = release === null ? [] : [release];
  return [
    `${place + 1}. ${code(candidate.scenario)}${title}`,
    `   - Affected releases: ${code(loaded?.scenario.affected ?? 'unknown')}. ${RELEASE_FIT[candidate.release]}`,
    `   - The report ${because(candidate.reasons)}.`,
    ...(candidate.release === 'does-not-apply'
      ? []
      : [`   - To play it: ${code(replayCommand(candidate.scenario, { gateways }))}`]),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** The answer as Markdown, made to be pasted into an issue. `scenarios` are those of the catalogue, for titles and releases. */
export function renderAnswer(answer: Answer, scenarios: readonly LoadedScenario[]): string {
  const { ranking, facts, tried } = answer;
  const titled = (id: string): string => {
    const title = scenarios.find(({ scenario }) => scenario.id === id)?.scenario.title;
    return `- ${code(id)}${title === undefined ? '' : `: ${oneLine(title)}`}`;
  };
  const plain = facts.filter(({ kind }) => kind !== 'workaround');
  const rest = plain.length - MOST_FACTS;
  const what =
    ranking.what === null
      ? []
      : [
          ranking.verdict === 'not-the-gateway'
            ? `It is ${ranking.what}.`
            : `${ranking.verdict === 'needs-information' ? 'Likeliest: ' : ''}${ranking.what}`,
        ];
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];
  const shown = answer.release.shows?.published ?? null;
  return [
    `**${VERDICT_WORDS[ranking.verdict]}**`,
    '',
    ...what,
    ...(ranking.reasons.length === 0 ? [] : ['', `The report ${because(ranking.reasons)}.`]),
    '',
    ...section(
      'Scenarios',
      ranking.scenarios.flatMap((candidate, place) =>
        candidateLines(
          candidate,
          place,
          scenarios.find(({ scenario }) => scenario.id === candidate.scenario),
          shown,
        ),
      ),
    ),
    ...section('Near, and not the same', ranking.near.map(titled)),
    ...section(
      'Questions that would decide it',
      ranking.questions.map((question) => `- ${question}`),
    ),
    ...section('A scenario to begin with', answer.draft === null ? [] : ['```yaml', answer.draft.trimEnd(), '```']),
    ...section('Release', releaseLines(answer)),
    ...section(
      'What was tried',
      tried.length === 0
        ? []
        : table(
            ['line', 'workaround', 'became of it', 'seen in scenarios'],
            tried.map(({ line, source, says, became, declared }) => [
              `${line}`,
              says,
              source === 'claimed-by-answer' ? 'advice of an answer' : BECAME_WORDS[became],
              declared.map(({ scenario, outcome }) => `${OUTCOME_WORDS[outcome]} (${code(scenario)})`).join('; ') ||
                'not played',
            ]),
          ),
    ),
    ...section(
      'Facts',
      plain.length === 0
        ? []
        : [
            ...table(
              ['line', 'fact', 'value', 'source'],
              plain.slice(0, MOST_FACTS).map((fact) => {
                const [name, value] = described(fact);
                return [`${fact.line}`, name, value, SOURCE_WORDS[fact.source]];
              }),
            ),
            ...(rest > 0 ? ['', `And ${rest} more; \`--json\` has all of them.`] : []),
          ],
    ),
  ]
    .join('\n')
    .trimEnd();
}
