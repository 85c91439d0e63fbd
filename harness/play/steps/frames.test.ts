import { expect, test } from 'vitest';
import { RIGHT } from '../../stub-gateway/gateway.fixture.ts';
import { shown } from '../../stub-gateway/one-step.fixture.ts';

test('frames on an open connection show how the gateway ends it, or that it stays open', async () => {
  const step = `frames: { as: person, send: [{ request: tick }], withinSeconds: 0.3 }
    expect: { closed: { code: 1008 } }`;
  const ends = await shown(step, { call: (_house, visit) => visit.socket.close(1008, 'enough') });
  expect(ends).toEqual({ answer: { kind: 'closed', code: 1008, reason: 'enough' } });
  expect(await shown(step, {})).toEqual({ answer: { kind: 'open', afterMs: 300 } });
});

test('of several equal connections, the one that ends differently is observed', async () => {
  let visits = 0;
  const seen = await shown(
    `frames: { from: lan, connections: 5, withinSeconds: 1 }
    expect: { closed: { code: 1000 } }`,
    {
      greet: (house, visit) => {
        RIGHT.greet(house, visit);
        if (visit.vantage !== 'lan') return;
        visits += 1;
        visit.socket.close(visits === 3 ? 1011 : 1000);
      },
    },
  );
  expect(seen).toEqual({ answer: { kind: 'closed', code: 1011, reason: '' } });
});

test('connections that get no challenge are not carried out', async () => {
  const seen = await shown(
    `frames: { from: lan, connections: 2 }
    expect: { closed: { code: 1000 } }`,
    {
      greet: (house, visit) => (visit.vantage === 'lan' ? visit.raw.destroy() : RIGHT.greet(house, visit)),
    },
  );
  expect(seen).toEqual({ notCarriedOut: '2 of 2 connections were given no challenge' });
});
