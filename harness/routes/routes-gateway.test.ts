import { expect, test } from 'vitest';
import { routesGateway } from './routes-gateway.ts';

test('an earlier release gets no plugin that it does not have', () => {
  const pluginsOf = (version: string) => routesGateway(version, 'hook').config.plugins;
  expect(pluginsOf('2026.4.1')).toEqual({ entries: { 'postern-routes': { enabled: true } } });
  expect(pluginsOf('2026.9.6')).toEqual({
    entries: { 'postern-routes': { enabled: true }, 'admin-http-rpc': { enabled: true } },
  });
  expect(pluginsOf('dev')).toEqual(pluginsOf('2026.9.6'));
});
