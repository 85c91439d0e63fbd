/** The file that the example would lie in. */
export const EXAMPLE_FILE = 'scenarios/stale-scopes/example.yaml';

/** A scenario that loads: one reported failure, its boundary, one workaround. Tests break it in one place each. */
export const EXAMPLE = `id: stale-scopes/example
title: A device first paired for reading cannot write
why: A local agent that was let in once is locked out by its next request.
class: stale-scopes
level: must
blocker: true
reported: [openclaw/openclaw#67799]
affected: ">=2026.3.31 <2026.8.1"
clients:
  agent: { kind: backend, scopes: [operator.read] }
steps:
  - knock: { as: agent, from: loopback }
    name: first
    expect: { admitted: { scopes: [operator.read] } }
  - knock: { as: agent, from: loopback, claims: { scopes: [operator.write] } }
    name: upgrade
    expect: { admitted: { scopes: [operator.write] } }
    symptom: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade } }
boundary:
  - knock: { as: agent, from: lan, claims: { scopes: [operator.admin] } }
    name: remote
    expect: { refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }, pairing: pending }
workarounds:
  - name: approve
    advice: Approve the pending request.
    outcome: helps
    steps:
      - approve: { of: agent }
      - knock: { as: agent, from: loopback, claims: { scopes: [operator.write] } }
        name: again
        expect: { admitted: { scopes: [operator.write] } }
`;

/** The example with one piece of text replaced; a piece that is not there is a mistake in the test. */
export function exampleWith(piece: string, replacement: string): string {
  if (!EXAMPLE.includes(piece)) throw new Error(`the example has no ${JSON.stringify(piece)}`);
  return EXAMPLE.replace(piece, replacement);
}
