import { expect, test } from 'vitest';
import { PAYLOAD_BYTES } from '../../limits.ts';
import { RIGHT, send } from '../../stub-gateway/gateway.fixture.ts';
import { playOn } from '../../stub-gateway/stub-scenario.fixture.ts';

test('an answer that is longer than that of any real gateway is an error, with its length and SHA-256', async () => {
  const payload = { pad: 'x'.repeat(PAYLOAD_BYTES) };
  const { results } = await playOn({
    call: (house, visit, request) =>
      request.method === 'device.pair.list' && !visit.held?.includes('operator.admin')
        ? send(visit, { type: 'res', id: request.id, ok: true, payload })
        : RIGHT.call(house, visit, request),
  });
  const check = results.find(({ name }) => name === 'reads-no-list');
  const length = JSON.stringify({ kind: 'answered', payload }).length;
  expect(check?.verdict).toBe('error');
  expect(check?.because).toMatch(
    new RegExp(
      `^the answer to device.pair.list is longer than ${PAYLOAD_BYTES} characters: .{200} … \\(cut: ${length} characters, SHA-256 [0-9a-f]{64}\\)$`,
    ),
  );
});
