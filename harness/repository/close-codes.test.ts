import { expect, test } from 'vitest';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';

/** Close codes that gateways and their clients were seen or are said to use, and why one of them cannot be provoked here. */
const CLOSE_CODES: Readonly<Record<number, string | null>> = {
  1000: null,
  1001: null,
  1002: null,
  1006: null,
  1008: null,
  1009: null,
  1011:
    'Sent where the code that serves connections cannot be loaded: where an update replaced the installed files beneath a running ' +
    'gateway, before its first connection. The first connection here is that of the operator, without which nothing can be judged.',
  1012: null,
  1013: null,
  4001: null,
  4008: 'The page itself calls its end so in the browser, in place of 1008; nothing of it is on the wire.',
};

function codesIn({ closed, refused, refusals }: Expectation): number[] {
  return [
    ...(closed === undefined ? [] : [closed.code].flat()),
    ...(refused?.at === 'handshake' ? [refused.code] : []),
    ...(refusals ?? []).map(({ code }) => code),
  ];
}

test('each close code is provoked by a scenario, or it stands here why it cannot be', () => {
  const expectations = CATALOGUE.flatMap(({ checks }) =>
    checks.flatMap(({ expect: right, step }) =>
      step.hardened === undefined ? [right] : [right, step.hardened.expect],
    ),
  );
  const provoked = new Set(expectations.flatMap(codesIn));
  const reachable = Object.entries(CLOSE_CODES).flatMap(([code, why]) => (why === null ? [Number(code)] : []));
  expect([...provoked].sort()).toEqual(reachable.sort());
});
