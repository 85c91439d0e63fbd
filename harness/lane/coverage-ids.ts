import type { CoveredId } from './covered-id.ts';
import { GATEWAY_COVERAGE } from './gateway-coverage.ts';
import { SECURITY_COVERAGE } from './security-coverage.ts';

/**
 * Which coverage ids of OpenClaw's taxonomy the checks of Postern are evidence for. Source of the ids and of what each means: `taxonomy.yaml` of
 * the repository openclaw/openclaw.
 */
export const COVERED_IDS: readonly CoveredId[] = [...GATEWAY_COVERAGE, ...SECURITY_COVERAGE];

/** The other ids of the same categories: no check is evidence for them. */
export const UNCOVERED_IDS: readonly { id: string; because: string }[] = [
  { id: 'gateway.ssh-tunnels', because: 'To the gateway a tunnel is loopback; no tunnel is built.' },
  { id: 'gateway.endpoint-discovery', because: 'A stage has no multicast DNS, and discovery decides on no access.' },
  { id: 'gateway.saved-endpoints', because: 'It is about clients, and Postern tests the gateway.' },
  { id: 'security.pairing-operator-docs', because: 'It is about documents.' },
  { id: 'security.remote-access-operator-docs', because: 'It is about documents.' },
];
