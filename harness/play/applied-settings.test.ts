import { expect, test } from 'vitest';
import { withoutAppliedSettings } from './applied-settings.ts';

const CONFIG = {
  gateway: {
    trustedProxies: ['127.0.0.1'],
    auth: { mode: 'token', rateLimit: { maxAttempts: 2 } },
    controlUi: { allowedOrigins: ['https://a.example'] },
  },
  ui: { theme: 'dark' },
};

test('settings that the gateway applies to itself are left out, with objects that they leave empty', () => {
  expect(withoutAppliedSettings(CONFIG, '2026.9.6')).toEqual({
    gateway: { auth: { mode: 'token' } },
    ui: { theme: 'dark' },
  });
  expect(withoutAppliedSettings({ gateway: { trustedProxies: [] } }, '2026.9.6')).toEqual({});
});

test('a release that restarts for them keeps them', () => {
  expect(withoutAppliedSettings(CONFIG, '2026.4.1')).toEqual(CONFIG);
});
