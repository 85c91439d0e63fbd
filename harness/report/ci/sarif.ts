import { createHash } from 'node:crypto';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { nameOf, type SurveyChange } from '../../results/comparison.ts';
import type { ExplainedComparison } from '../../results/explained-comparison.ts';
import { everyFinding, type Finding, type Harm } from '../../results/finding.ts';
import { clip, oneLine } from '../../text/control-characters.ts';
import { describeAnswers, describeCondition, describeExtent, HARM_TITLES } from '../comparison/finding-words.ts';
import { describeSurveyChange } from '../comparison/survey-words.ts';

/** The category of these alerts, apart from those of other tools; the part before the slash counts on GitHub. */
const CATEGORY = 'postern-gate/';

/** The kinds of result: how a head can be weaker than its base. */
const RULES = {
  'remote-access-gained': {
    text: 'A remote client gets more access than on the base.',
    help: 'Compare both transcripts in comparison.html, and find the refusal that is missing on the head.',
    level: 'error',
    severity: '9.0',
  },
  'harness-recognised': {
    text: 'The gateway gives its own command more access than a client of the harness.',
    help: 'The gateway may recognise the harness. Read the code that decides on this knock.',
    level: 'error',
    severity: '9.0',
  },
  'method-or-route-given': {
    text: 'A method, an HTTP route or an event is given to callers that the base denies it.',
    help: 'Play `postern rights`, `routes` or `events` with --compare, and find the authorisation that is missing on the head.',
    level: 'error',
    severity: '8.0',
  },
  'audit-line-lost': {
    text: 'The gateway no longer logs an event about access that the base logs.',
    help: 'Find the code that wrote the line on the base. Access without a line cannot be found later.',
    level: 'warning',
    severity: '5.0',
  },
} as const;
type Rule = keyof typeof RULES;
const RULE_IDS: readonly Rule[] = [
  'remote-access-gained',
  'harness-recognised',
  'method-or-route-given',
  'audit-line-lost',
];

/** The rule of each harm that is a weakness of the head. */
const RULE_OF: Partial<Record<Harm, Rule>> = {
  'remote-admin': 'remote-access-gained',
  'remote-admission': 'remote-access-gained',
  'remote-secret': 'remote-access-gained',
  'remote-scopes': 'remote-access-gained',
  'remote-nearer': 'remote-access-gained',
  unlogged: 'audit-line-lost',
};

/**
 * Where a result is shown that has no line of a scenario of its own: a cell of the decision table, or the log as a whole. A code scanner shows
 * no result without a file.
 */
const TABLE_SOURCE = { file: 'harness/pairwise/dimensions.ts', line: 1, column: 1 };

const TEXT_CHARACTERS = 1_000;

/**
 * comparison.sarif: what the head weakens in comparison with its base, and nothing that both have, as SARIF 2.1.0 with a category of its own.
 * Each finding is one result. Accepted weakenings are left out. Paths are below the root of Postern.
 */
export function renderSarif(comparison: ExplainedComparison, posternVersion: string): string {
  const results = [
    ...everyFinding(comparison.findings).flatMap(ofFinding),
    ...comparison.surveys.flatMap(ofSurvey),
    ...ofOwnClient(comparison),
    ...comparison.unwritten.map((event) =>
      resultOf('audit-line-lost', event, `${nameOf(comparison.head)} never logs ${event}.`, TABLE_SOURCE),
    ),
  ];
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Postern', semanticVersion: posternVersion, rules: RULE_IDS.map(descriptorOf) } },
        automationDetails: { id: CATEGORY },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptorOf(id: Rule): ReportingDescriptor {
  const { text, help, level, severity } = RULES[id];
  return {
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: help },
    defaultConfiguration: { level },
    properties: { tags: ['security'], precision: 'very-high', 'security-severity': severity },
  };
}

function ofFinding(finding: Finding): Result[] {
  const { harm, before, after, example } = finding;
  const rule = RULE_OF[harm];
  if (rule === undefined) return [];
  const text = [
    `${HARM_TITLES[harm]}: ${describeExtent(finding)}`,
    ...describeCondition(finding).map((clause, at) => `${at === 0 ? 'If' : 'Or if'} ${clause}`),
    `Base: ${describeAnswers(before)}`,
    `Head: ${describeAnswers(after)}`,
    `Repeat: ${example.head.repeat}`,
  ].join('. ');
  return [resultOf(rule, example.id, text, example.head.source ?? TABLE_SOURCE)];
}

function ofSurvey(change: SurveyChange): Result[] {
  const { survey, where, kind, accepted } = change;
  if ((kind !== 'weakened' && kind !== 'open') || accepted !== null) return [];
  const source = { file: `harness/${survey}/properties.ts`, line: 1, column: 1 };
  return [resultOf('method-or-route-given', `${survey}/${where}`, describeSurveyChange(change), source)];
}

function ofOwnClient({ ownClientGivenMore }: ExplainedComparison): Result[] {
  return ownClientGivenMore === null
    ? []
    : [resultOf('harness-recognised', 'own-client', ownClientGivenMore, TABLE_SOURCE)];
}

/** `about` identifies the result from run to run. `text` may be of a gateway. */
function resultOf(
  rule: Rule,
  about: string,
  text: string,
  { file, line, column }: { file: string; line: number; column: number },
): Result {
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    level: RULES[rule].level,
    message: { text: clip(oneLine(text), TEXT_CHARACTERS) },
    locations: [
      { physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line, startColumn: column } } },
    ],
    partialFingerprints: { 'posternChange/v1': createHash('sha256').update(`${rule} ${about}`).digest('hex') },
  };
}
