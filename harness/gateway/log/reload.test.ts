import { expect, test } from 'vitest';
import { exitsForAnotherProcess, readReload } from './reload.ts';

test.each([
  ['2026-11-21T18:19:51.860+00:00 [reload] config hot reload applied (gateway.auth.token)', 'applied'],
  ['2026-11-21T18:18:38.395+00:00 [reload] config change applied (dynamic reads: ui.theme)', 'applied'],
  ['2026-11-21T18:18:38.395+00:00 [reload] config change requires gateway restart (gateway.auth.token)', 'restart'],
  ['[reload] config change requires gateway restart (gateway.bind) — deferring until 1 operation complete', 'restart'],
  ['[reload] config reload skipped (invalid config): gateway: Unrecognized key', 'rejected'],
  ['[reload] config reload disabled (gateway.reload.mode=off)', 'rejected'],
  ['[reload] config change detected; evaluating reload (gateway.auth.token)', null],
  ['[gateway] config hot reload applied, said another part', null],
])('a line of the log about a reload is read: %#', (line, reload) => {
  expect(readReload(line)).toBe(reload);
});

test.each([
  ['2026-11-27T05:43:59.214+00:00 [gateway] restart mode: full process restart (spawned pid 19)', true],
  ['2026-11-27T05:43:59.214+00:00 [gateway] restart mode: in-process restart (OPENCLAW_NO_RESPAWN)', false],
  ['2026-11-27T05:43:59.214+00:00 [gateway] received SIGUSR1; restarting', false],
])('a line of the log says whether the process exits for another one: %#', (line, exits) => {
  expect(exitsForAnotherProcess(line)).toBe(exits);
});
