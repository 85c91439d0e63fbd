import { createMutex } from '../play/context.ts';
import { playScenario } from '../play/play.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import type { Ways } from './behaviour.fixture.ts';
import { openStubStage } from './stage.fixture.ts';
import { SHORT } from './stub-scenario.fixture.ts';

const scenarioWith = (step: string) =>
  loadScenario(
    `id: stale-scopes/stub
title: One step is observed
why: It is played on stub gateways.
class: stale-scopes
level: must
blocker: true
reported: [openclaw/openclaw#67799]
affected: none
gateway: { model: true }
clients:
  person: { kind: backend, scopes: [operator.write] }
steps:
  - knock: { as: person, from: loopback }
  - ${step}
    name: looked-at
boundary:
  - knock: { as: person, from: loopback }
    name: person-is-in
    expect: { admitted: { scopes: [operator.write] } }
`,
    'scenarios/stale-scopes/stub.yaml',
  );

/**
 * The observation of one step on a stub gateway, after a knock of the client `person` that is admitted; undefined if the step was not
 * reached. `step` is the YAML of the step, without its name.
 */
export async function shown(step: string, broken: Partial<Ways>): Promise<Observation | undefined> {
  const secretRegistry = createSecretRegistry();
  const { stage } = await openStubStage(broken, secretRegistry);
  try {
    const { scenario } = scenarioWith(step);
    const play = {
      scenario,
      stage,
      secretRegistry,
      timeouts: SHORT,
      runExclusive: createMutex(),
      knocked: () => {},
      seed: 1,
    };
    return (await playScenario(play)).get('stale-scopes/stub/looked-at')?.observation;
  } finally {
    await stage.close();
  }
}
