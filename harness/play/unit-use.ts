import { isDeepStrictEqual } from 'node:util';
import { mergeConfig, stageConfig } from '../gateway/home/gateway-home.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { Step } from '../scenario/schema/step.ts';
import { type PlayUnit, stepsOf } from './play-unit.ts';

/** What a step uses of a stage, from the least to the most. It decides which units can share a stage. */
const USES = ['its clients', 'the home', 'the gateway'] as const;
export type Use = (typeof USES)[number];

function useOf(step: Step, { clients }: Scenario): Use {
  switch (step.kind) {
    case 'frames':
    case 'approve':
    case 'reject':
    case 'rotate':
    case 'revoke':
    case 'remove':
    case 'wait':
    case 'http':
    case 'bootstrap':
    // The steps in a `together` are assessed one by one.
    case 'together':
      return 'its clients';
    // 2026.9.6 refuses `node.invoke` while the pairing of another device changes ("node pairing state unavailable before dispatch").
    case 'call':
      return step.body.method === 'node.invoke' ? 'the home' : 'its clients';
    // A page shows the pairing requests of all devices, and a click acts on the first one.
    case 'browser':
      return step.body.click !== undefined ? 'the home' : 'its clients';
    case 'knock':
      return clients[step.body.as]?.identity === 'home' ? 'the home' : 'its clients';
    case 'cli':
      return step.body.home === 'gateway' ? 'the home' : 'its clients';
    // The gateway's own calls use the identity in its home.
    case 'turn':
    // The step would count rows that other scenarios add in the meantime.
    case 'rows':
      return 'the home';
    case 'files':
      // A file that is put in the home may change the gateway's secret; then the gateway is not as it was for the next scenario.
      return 'put' in step.body ? 'the gateway' : 'the home';
    // The gateway comes back as it was, unless it was killed: 2026.9.6 then finds its home locked for minutes.
    case 'restart':
      return step.body.kill ? 'the gateway' : 'the home';
    // A gateway in a new container, on the same home, is as it was.
    case 'recreate':
      return step.body.home === 'kept' ? 'the home' : 'the gateway';
    case 'upgrade':
    case 'configure':
      return 'the gateway';
  }
}

/** What a unit uses of its stage. */
export function useOfUnit(unit: PlayUnit): Use {
  const { scenario } = unit.loaded;
  // No other scenario starts with that release.
  if (scenario.gateway.release !== undefined) return 'the gateway';
  const steps = stepsOf(unit);
  const restored = restoresItsConfig(steps, scenario.gateway);
  const uses = new Set(
    steps.map((step) => (step.kind === 'configure' && restored ? 'the home' : useOf(step, scenario))),
  );
  return USES.findLast((use) => uses.has(use)) ?? 'its clients';
}

/** True if the config after all steps equals the config before them, so that the next scenario finds the gateway as it was. */
function restoresItsConfig(steps: readonly Step[], gateway: Scenario['gateway']): boolean {
  const before = stageConfig(gateway, { token: '', password: '' }, { peer: '', network: '' });
  const patches = steps.flatMap((step) => (step.kind === 'configure' ? [step.body.set] : []));
  return isDeepStrictEqual(patches.reduce(mergeConfig, before), before);
}
