import { expect, test } from 'vitest';
import { createSecretRegistry } from '../../redaction/redactor.ts';
import { loadScenario } from '../../scenario/catalogue/load.ts';
import type { Outcome } from '../../scenario/schema/observation.ts';
import { openStubStage } from '../../stub-gateway/stage.fixture.ts';
import { SHORT } from '../../stub-gateway/stub-scenario.fixture.ts';
import { createMutex } from '../context.ts';
import { playScenario } from '../play.ts';
import { notCarriedOut, recordOf } from '../record.ts';
import { summaryOf } from './together.ts';

const admitted: Outcome = { kind: 'admitted', role: 'operator', scopes: [], protocol: 3, deviceToken: false };

test('answered calls and admitted knocks count as succeeded', () => {
  const { observation } = summaryOf([
    recordOf({ outcome: admitted, pairing: 'approved-silently' }),
    recordOf({ answer: { kind: 'answered', payload: {} } }),
    recordOf({ answer: { kind: 'denied', code: 'INVALID_REQUEST', message: 'unknown requestId' } }),
    recordOf({ outcome: { kind: 'timeout', phase: 'awaiting-hello', afterMs: 1 } }),
  ]);
  expect(observation).toEqual({ succeeded: 2 });
});

test('if one step was not observed, the number that succeeded is unknown', () => {
  const { observation } = summaryOf([recordOf({ outcome: admitted }), notCarriedOut('no request to approve')]);
  expect(observation).toEqual({ notCarriedOut: 'one of them was not observed: no request to approve' });
  const unreadable: Outcome = { kind: 'unreadable', phase: 'awaiting-hello', text: 'a second challenge' };
  expect(summaryOf([recordOf({ outcome: unreadable })]).observation).toEqual({
    notCarriedOut: 'one of them was not observed: a second challenge',
  });
});

const TEXT = `id: races/stub
title: Several things at once
why: It is played on a stub gateway.
class: races
level: must
blocker: true
reported: [openclaw/openclaw#67799]
affected: none
clients:
  desk: { kind: backend, scopes: [operator.read] }
  phone: { kind: backend, scopes: [operator.read] }
steps:
  - together:
      - knock: { as: desk, from: loopback }
        name: desk
        expect: { admitted: { scopes: [operator.read] }, pairing: approved-silently }
      - knock: { as: desk, from: loopback }
      - knock: { as: phone, from: lan }
        name: phone
        expect: { refused: { code: 1008, cause: pairing-required }, pairing: pending }
        control: phone-is-in
    name: three-knocks
    expect: { successes: 2 }
  - call: { as: desk, method: health }
    name: desk-is-connected
    expect: { denied: { message: { contains: unknown method } } }
  - together:
      - approve: { of: phone }
      - approve: { of: phone }
    name: two-approvals
    expect: { successes: 1 }
  - together:
      - reject: { of: phone }
      - call: { as: desk, method: health }
        name: asked-meanwhile
        expect: { denied: { message: { contains: unknown method } } }
    name: one-cannot-be-carried-out
    expect: { successes: 1 }
  - frames: { as: desk, send: [{ close: 1001 }] }
    name: desk-leaves
    expect: { closed: { code: 1001 } }
boundary:
  - knock: { as: phone, from: lan }
    name: phone-is-in
    expect: { admitted: { scopes: [operator.read] }, pairing: unchanged }
`;

test('the steps of a `together` are sent at the same time, and each is observed by itself', async () => {
  const secretRegistry = createSecretRegistry();
  const { stage } = await openStubStage({}, secretRegistry);
  const { scenario } = loadScenario(TEXT, 'scenarios/races/stub.yaml');
  try {
    const runExclusive = createMutex();
    const playback = await playScenario({
      scenario,
      stage,
      secretRegistry,
      timeouts: SHORT,
      runExclusive,
      knocked: () => {},
      seed: 1,
    });
    const seen = new Map([...playback].map(([id, { observation }]) => [id.split('/').at(-1), observation]));
    expect(seen.get('desk')).toMatchObject({ outcome: { kind: 'admitted' }, pairing: 'approved-silently' });
    expect(seen.get('phone')).toMatchObject({ outcome: { kind: 'refused', code: 1008 }, pairing: 'pending' });
    expect(seen.get('three-knocks')).toEqual({ succeeded: 2 });
    expect(seen.get('desk-is-connected')).toMatchObject({ answer: { kind: 'denied' } });
    expect(seen.get('two-approvals')).toEqual({ succeeded: 1 });
    expect(seen.get('asked-meanwhile')).toMatchObject({ answer: { kind: 'denied' } });
    expect(seen.get('one-cannot-be-carried-out')?.notCarriedOut).toContain('no pending request of "phone" to reject');
    expect(seen.get('desk-leaves')).toMatchObject({ answer: { kind: 'closed', code: 1001 } });
    expect(seen.get('phone-is-in')).toMatchObject({ outcome: { kind: 'admitted' }, pairing: 'unchanged' });
  } finally {
    await stage.close();
  }
});
