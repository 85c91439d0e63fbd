import { everyStepOf } from '../scenario/catalogue/checks.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { NPM_RELEASES } from '../scenario/releases/npm-releases.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { Step } from '../scenario/schema/step.ts';

/** What a scenario is about, derived from its steps and its gateway. */
export type Profile = {
  /** Reasons and causes of the refusals that users saw, or that are expected. */
  reasons: ReadonlySet<string>;
  /** The same of the symptoms alone. */
  seenReasons: ReadonlySet<string>;
  /** Close codes and HTTP statuses of refusals. */
  codes: ReadonlySet<string>;
  /** Commands of `openclaw` that it runs, without their arguments. */
  commands: ReadonlySet<string>;
  /** Keys of the configuration that it sets, and its environment variables, in lower case. */
  settings: ReadonlySet<string>;
  /** Names of headers that its knocks send, in lower case, without Host and Origin. */
  headers: ReadonlySet<string>;
  /** The roles of its clients. */
  roles: ReadonlySet<string>;
  /** Client ids that it names beside those of the kinds. */
  clientIds: ReadonlySet<string>;
  bind: string;
  auth: string;
  /** How much it speaks for the scenario that a report names one of its affected releases. */
  weightOfAffected: number;
  /** The words of the title and of the reason, in lower case. */
  words: { title: ReadonlySet<string>; why: ReadonlySet<string> };
};

/** Words that say nothing about a mechanism. */
const STOP =
  /^(?:the|and|that|with|for|from|its|not|has|have|are|was|were|one|other|another|this|when|then|than|they|them|their|each|every|any|all|but|who|whose|which|what|must|may|can|cannot|does|did|into|after|before|while|until|still|gateway|openclaw|user|users|says?|gets?|only|own|more|again|been|his|her|such|there|these|those|you|your|would|could|should|just|also|out|same|two|way|how|why|now|had|will|even|some|like|about|because|although|although|if|or|so|no|is|in|it|to|of|on|at|as|an|a|by|be)$/;

/** The words of a text that can tell one scenario from another, each once. */
export function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[a-z][a-z-]{2,}/g) ?? [];
  return new Set(words.filter((word) => !STOP.test(word)).map((word) => word.replace(/(?:ies|es|s)$/, '')));
}

/** The keys of a value at any depth. The schema bounds the depth of what scenarios contain. */
function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return Object.entries(value).flatMap(([key, part]) => [key.toLowerCase(), ...keysIn(part)]);
}

function expectationsIn({
  expect,
  symptom,
  hardened,
}: Step): { seen: boolean; expectation: NonNullable<Step['expect']> }[] {
  return [
    ...(symptom === undefined ? [] : [{ seen: true, expectation: symptom }]),
    ...[expect, hardened?.expect].flatMap((expectation) =>
      expectation === undefined ? [] : [{ seen: false, expectation }],
    ),
  ];
}

function commandIn(step: Step): string[] {
  return step.kind === 'cli'
    ? [
        step.body.run
          .slice(0, 2)
          .filter((word) => !word.startsWith('-'))
          .join(' '),
      ]
    : [];
}

function settingsOf({ gateway }: Scenario, steps: readonly Step[]): string[] {
  const configured = steps.flatMap((step) => (step.kind === 'configure' ? keysIn(step.body.set) : []));
  return [
    ...keysIn(gateway.config),
    ...keysIn(gateway.files),
    ...Object.keys(gateway.environment).map((key) => key.toLowerCase()),
    ...configured,
  ];
}

/** The least and the most that an affected release counts. */
const AFFECTED = { least: 0.5, most: 2.5 };

/**
 * How much an affected release speaks for a scenario: the natural logarithm of how few releases are affected. That a report names one of five
 * releases says more than that it names one of sixty.
 */
function weightOfAffected(range: string): number {
  const affected = NPM_RELEASES.filter((release) => inRange(release, range)).length;
  return Math.min(AFFECTED.most, Math.max(AFFECTED.least, Math.log(NPM_RELEASES.length / Math.max(1, affected))));
}

/** Derives what a scenario is about. */
export function profileOf({ scenario }: LoadedScenario): Profile {
  const steps = everyStepOf(scenario).flatMap((step): Step[] =>
    step.kind === 'together' ? [step, ...step.body] : [step],
  );
  const refusals = steps.flatMap(expectationsIn).flatMap(({ seen, expectation }) => {
    const refused = 'refused' in expectation ? expectation.refused : undefined;
    return refused === undefined ? [] : [{ seen, refused }];
  });
  const reasons = refusals.flatMap(({ seen, refused }) =>
    [refused.cause, refused.reason].flatMap((reason) => (reason === undefined ? [] : [{ seen, reason: `${reason}` }])),
  );
  const headers = steps.flatMap((step) => ('headers' in step.body ? Object.keys(step.body.headers ?? {}) : []));
  const clients = Object.values(scenario.clients);
  return {
    reasons: new Set(reasons.map(({ reason }) => reason)),
    seenReasons: new Set(reasons.filter(({ seen }) => seen).map(({ reason }) => reason)),
    codes: new Set(refusals.map(({ refused }) => `${refused.code}`)),
    commands: new Set(steps.flatMap(commandIn)),
    settings: new Set(settingsOf(scenario, steps)),
    headers: new Set(headers.map((name) => name.toLowerCase()).filter((name) => name !== 'host' && name !== 'origin')),
    roles: new Set(clients.map(({ kind, role }) => role ?? (kind === 'node' ? 'node' : 'operator'))),
    clientIds: new Set(clients.flatMap(({ clientId }) => clientId ?? [])),
    bind: scenario.gateway.bind,
    auth: scenario.gateway.auth,
    weightOfAffected: weightOfAffected(scenario.affected),
    words: { title: wordsOf(scenario.title), why: wordsOf(scenario.why) },
  };
}
