import { expect, test } from 'vitest';
import type { Observation } from '../scenario/schema/observation.ts';
import { PLAIN } from './cell.ts';
import { type CellResult, judgeTableProperty } from './judge-table-property.ts';
import type { KnockProperty } from './knock-property.ts';
import type { CellObservation } from './observe-cell.ts';
import { IN, OUT, once, seen, twice } from './reading.fixture.ts';

const NOBODY: KnockProperty = {
  id: 'nobody-gets-in',
  statement: 'Nobody gets in.',
  sources: ['openclaw/openclaw#1'],
  releases: '>=2026.3.13',
  instead: 'pairing-required',
  appliesTo: ({ kind }) => kind === 'cli',
  broken: ({ knock }) => (knock.outcome?.kind === 'admitted' ? ['knock'] : []),
};

function ruled(cellResults: CellResult[], version = '2026.9.6', today = '2026-11-21', property = NOBODY) {
  const deviation = {
    check: 'boundary/table/nobody-gets-in',
    releases: '=2026.8.1',
    signature: { admitted: { scopes: ['operator.read'] } },
    reason: 'It is mended soon.',
    link: 'openclaw/openclaw#1',
    owner: 'somebody',
    expires: '2026-12-31',
  };
  const { verdict, because, seen, cells, breaches } = judgeTableProperty(property, cellResults, {
    check: 'boundary/table/nobody-gets-in',
    version,
    deviations: [deviation],
    today,
  });
  return { verdict, because, seen, cells, breaches: breaches.length };
}

test('a property without violations passes, and only cells that it applies to count', () => {
  expect(ruled([once(seen({}, OUT)), once(seen({ kind: 'webchat' }, IN))])).toEqual({
    verdict: 'pass',
    because: null,
    seen: '1 cells, and none violates it',
    cells: 1,
    breaches: 0,
  });
});

test('the simplest of the violating cells is reported', () => {
  const odd = seen({ route: 'proxy', forwarded: 'xff-loopback', prior: 'paired-read' }, IN);
  const simple = seen({ route: 'loopback' }, IN);
  expect(ruled([twice(odd, odd), twice(simple, simple)])).toEqual({
    verdict: 'fail',
    because: null,
    seen: '2 probes violate it, the simplest: loopback, the knock itself: admitted as operator with operator.read; pairing: unchanged',
    cells: 2,
    breaches: 2,
  });
});

test('a violation that the second observation does not show is flaky, with the id of its cell', () => {
  expect(ruled([twice(seen({ route: 'loopback' }, OUT), seen({ route: 'loopback' }, IN))])).toMatchObject({
    verdict: 'flaky',
    because: 'loopback has two different observations',
    seen: 'loopback, the knock itself: admitted as operator with operator.read; pairing: unchanged',
  });
});

test('a violation without doubt is reported before a simpler one in doubt', () => {
  const odd = seen({ route: 'proxy', forwarded: 'xff-loopback' }, IN);
  const doubtful = twice(seen({ route: 'loopback' }, IN), seen({ route: 'loopback' }, OUT));
  expect(ruled([doubtful, twice(odd, odd)])).toEqual({
    verdict: 'fail',
    because: null,
    seen: '2 probes violate it, the simplest: proxy+xff-loopback, the knock itself: admitted as operator with operator.read; pairing: unchanged',
    cells: 2,
    breaches: 2,
  });
});

test('a probe that violates the property in both observations counts once', () => {
  const told = {
    verdict: 'fail',
    because: null,
    seen: '1 probe violates it, the simplest: plain, the knock itself: admitted as operator with operator.read; pairing: unchanged',
    cells: 1,
    breaches: 1,
  };
  expect(ruled([twice(seen({}, IN), seen({}, IN))])).toEqual(told);
  expect(ruled([once(seen({}, IN))])).toEqual(told);
});

test('a cell that was never reached, or none at all, proves nothing', () => {
  const unreached = once({ kind: 'unreached', cell: PLAIN, why: 'an operator’s decision was denied' });
  expect(ruled([unreached, once(seen({ route: 'loopback' }, OUT))])).toMatchObject({
    verdict: 'not-testable',
    because: 'plain: an operator’s decision was denied',
  });
  expect(ruled([])).toMatchObject({ verdict: 'not-testable', because: 'no cell of the table is about it' });
});

test('a property about the log is not testable on a log that was not read whole', () => {
  const written: KnockProperty = {
    ...NOBODY,
    needsLog: true,
    broken: ({ knock }) => (knock.audit?.length === 0 ? ['knock'] : []),
  };
  const withLog = (knock: Observation): CellObservation => {
    const reading = seen({}, knock);
    if (reading.kind !== 'seen') throw new Error('it was seen');
    const look = { ...OUT, audit: [{ event: 'refused' as const, line: 'a line' }] };
    return { ...reading, seen: { knock, replay: { notCarriedOut: 'nothing was sent' }, again: look, elsewhere: look } };
  };
  const ruledOn = (...cellResults: CellResult[]) => ruled(cellResults, '2026.9.6', '2026-11-21', written);
  const line = { ...OUT, audit: [{ event: 'refused' as const, line: 'a line' }] };
  expect(ruledOn(once(withLog(line)))).toMatchObject({ verdict: 'pass' });
  expect(ruledOn(once(withLog({ ...OUT, audit: [] })))).toMatchObject({ verdict: 'fail' });
  const because = 'plain: its log was not read whole, so events may be missing';
  expect(ruledOn(once(withLog(OUT)))).toMatchObject({ verdict: 'not-testable', because });
  expect(ruledOn(twice(withLog(OUT), withLog(line)))).toMatchObject({ verdict: 'pass' });
});

test('a property is judged where it is claimed, and a deviation excuses it until its last day', () => {
  const broken = [twice(seen({}, IN), seen({}, IN))];
  expect(ruled(broken, '2026.2.26')).toEqual({
    verdict: 'not-applicable',
    because: 'it is claimed for >=2026.3.13',
    seen: 'not asked',
    cells: 1,
    breaches: 0,
  });
  expect(ruled(broken, '2026.8.1').verdict).toBe('known-deviation');
  expect(ruled(broken, '2026.8.1', '2027-01-01').verdict).toBe('fail');
  expect(ruled(broken, '2026.9.6').verdict).toBe('fail');
});
