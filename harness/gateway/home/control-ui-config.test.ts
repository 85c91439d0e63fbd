import { expect, test } from 'vitest';
import { controlUiConfig } from './control-ui-config.ts';

test('only a release that copies its Control UI into the home gets the path of the installed one', () => {
  expect(['2026.4.1', '2026.7.1', '2026.9.6'].map((version) => [version, controlUiConfig(version)])).toEqual([
    ['2026.4.1', {}],
    ['2026.7.1', {}],
    ['2026.9.6', { gateway: { controlUi: { root: '/opt/openclaw/node_modules/openclaw/dist/control-ui' } } }],
  ]);
});
