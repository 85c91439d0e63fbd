import { expect, test } from 'vitest';
import type { AuditEvent, Shown } from '../scenario/schema/observation.ts';
import { isSameProbe } from './observe-cell.ts';

const refused = (...events: AuditEvent['event'][]): Shown => ({
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: null, text: '' },
  pairing: 'none',
  audit: events.map((event) => ({ event, line: '' })),
});

test('two equal refusals are the same even if only one has a line in the log', () => {
  expect(isSameProbe(refused('unauthorized', 'refused'), refused('refused'))).toBe(true);
  expect(isSameProbe(refused('unauthorized'), refused())).toBe(true);
});

test('two observations differ if only one has the audit event of a decision', () => {
  expect(isSameProbe(refused('access-upgrade'), refused())).toBe(false);
  expect(isSameProbe(refused('auto-approved'), refused('access-upgrade'))).toBe(false);
  expect(isSameProbe(refused(), { ...refused(), pairing: 'pending' })).toBe(false);
  expect(isSameProbe(refused(), { ...refused(), leaked: ['token'] })).toBe(false);
});
