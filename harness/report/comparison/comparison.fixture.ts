import { EXIT } from '../../exit.ts';
import { changeWith, explainedWith, findingOf } from '../../results/comparison.fixture.ts';
import type { ObservationChange } from '../../results/comparison.ts';
import type { ExplainedComparison } from '../../results/explained-comparison.ts';
import type { Observation } from '../../scenario/schema/observation.ts';

const WAITS: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'pairing-required', reason: 'not-paired', text: '' },
  pairing: 'pending',
};
const IS_IN: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'approved-silently',
};

/** A change of a probe of a cell; what the gateway sent is text of a stranger. */
function probe(id: string): ObservationChange {
  const change = changeWith({ id: `table/${id}`, base: WAITS, head: IS_IN, change: 'weakened' });
  const transcript = {
    url: 'ws://127.0.0.1:1/',
    headers: {},
    startedAt: '2026-11-21T09:30:00.000Z',
    entries: [{ at: 1, kind: 'received', text: '<img src=x onerror=alert(1)>' }],
  };
  const cell = { values: {}, look: 'knock' };
  return { ...change, base: { ...change.base, cell, transcript }, head: { ...change.head, cell, transcript } };
}

const [FORWARDED, ALSO] = [probe('loopback+forwarded-loopback/knock'), probe('silent-proxy+forwarded-loopback/knock')];
const LATER = probe('loopback+forwarded-loopback/again');
const LOCAL = changeWith({
  id: 'stale-scopes/example/upgrade',
  base: IS_IN,
  head: WAITS,
  change: 'tightened',
  local: true,
});

const REMOTE_TOO = changeWith({ id: 'stale-scopes/example/remote', base: IS_IN, head: WAITS, change: 'tightened' });

/** A comparison in which the head trusts a header, asks local users again, and no longer logs one kind of event. */
export const WEAKER: ExplainedComparison = explainedWith({
  changes: [FORWARDED, ALSO, LATER, LOCAL, changeWith({ id: 'a/b/c', base: WAITS, head: WAITS, change: 'same' })],
  findings: [
    findingOf(FORWARDED, {
      harm: 'remote-admission',
      before: [{ answer: 'refused: pairing-required (not-paired), a request waits', count: 2 }],
      after: [{ answer: 'admitted, approved without asking', count: 2 }],
      condition: [
        [
          { dimension: 'route', is: 'in', values: ['loopback', 'silent-proxy'] },
          { dimension: 'forwarded', is: 'in', values: ['forwarded-loopback'] },
        ],
        [{ dimension: 'host', is: 'not-in', values: ['own-host'] }],
      ],
      exceptions: ['table/loopback+forwarded-loopback+backend/knock'],
      changes: [FORWARDED, ALSO],
      consequences: [LATER],
      broken: [
        {
          id: 'no-silent-upgrade',
          statement: 'Nobody is upgraded silently.',
          sources: 'GHSA-xxxx-xxxx-xxxx',
          cells: 2,
        },
      ],
      scenarios: ['proxy-headers/same-host-proxy'],
      regressed: ['proxy-headers/same-host-proxy/forwarded'],
      releases: ['2026.3.8', '2026.3.13'],
    }),
    findingOf(LOCAL, {
      harm: 'local-loss',
      local: true,
      before: [{ answer: 'admitted, approved without asking', count: 1 }],
      after: [{ answer: 'refused: pairing-required (scope-upgrade), a request waits', count: 1 }],
      scenarios: ['stale-scopes/example'],
      also: [
        findingOf(REMOTE_TOO, {
          harm: 'remote-loss',
          before: [{ answer: 'admitted', count: 1 }],
          after: [{ answer: 'refused: pairing-required (scope-upgrade), a request waits', count: 1 }],
          scenarios: ['stale-scopes/example'],
        }),
      ],
    }),
  ],
  surveys: [
    {
      survey: 'rights',
      kind: 'weakened',
      where: 'terminal.open',
      gained: 'read, write',
      lost: '',
      isOfBase: false,
      accepted: null,
    },
    {
      survey: 'routes',
      kind: 'tightened',
      where: 'hooks-wake',
      gained: '',
      lost: 'secret-in-query from-lan',
      isOfBase: false,
      accepted: null,
    },
  ],
  unwritten: ['auto-approved'],
  doubtful: ['xff-port'],
  stale: ['the list is old'],
  standings: [
    { id: 'proxy-headers/same-host-proxy/forwarded', standing: 'regressed', base: 'pass', head: 'fail' },
    { id: 'races/other/check', standing: 'untold', base: 'pass', head: 'flaky' },
  ],
  reasons: [
    {
      text: 'remote clients get more access on 2026.9.6 than on 2026.4.1: 3 knocks or steps',
      exitCode: EXIT.weakened,
      objection: 'weaker',
    },
    { text: 'the list is old', exitCode: EXIT.stale, objection: 'stale' },
  ],
  exitCode: EXIT.weakened,
});
