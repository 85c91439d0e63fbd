import { expect, test } from 'vitest';
import type { AuditEvent, Shown } from '../scenario/observation.ts';
import { isSameLook } from './observe-cell.ts';

const refused = (...events: AuditEvent['event'][]): Shown => ({
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: null, text: '' },
  pairing: 'none',
  audit: events.map((event) => ({ event, line: '' })),
});

test('two equal refusals are the same even if only one has a line in the log', () => {
  expect(isSameLook(refused('unauthorized', 'refused'), refused('refused'))).toBe(true);
  expect(isSameLook(refused('unauthorized'), refused())).toBe(true);
});

test('two observations differ if only one has the audit event of a decision', () => {
  expect(isSameLook(refused('access-upgrade'), refused())).toBe(false);
  expect(isSameLook(refused('auto-approved'), refused('access-upgrade'))).toBe(false);
  expect(isSameLook(refused(), { ...refused(), pairing: 'pending' })).toBe(false);
  expect(isSameLook(refused(), { ...refused(), leaked: ['token'] })).toBe(false);
});
