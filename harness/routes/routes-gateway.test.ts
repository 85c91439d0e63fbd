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

test('a release on which a proxy on its own machine makes every client there a remote one trusts none', () => {
  const trustedBy = (version: string): unknown => {
    const { gateway } = routesGateway(version, 'hook').config;
    return typeof gateway === 'object' && gateway !== null && 'trustedProxies' in gateway
      ? gateway.trustedProxies
      : null;
  };
  expect(['2026.3.28', '2026.3.31', 'dev'].map(trustedBy)).toEqual([[], ['127.0.0.1'], ['127.0.0.1']]);
});
