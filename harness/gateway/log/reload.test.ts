import { expect, test } from 'vitest';
import { readReload } from './reload.ts';

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
