import { expect, test } from 'vitest';
import { shippedMethodsIn } from './shipped-methods.ts';

const OF_2026_9_6 = `const CORE_GATEWAY_METHOD_SPECS = [
\t[
\t\t"health",
\t\t"health",
\t\t"operator.read",
\t\t"<=2026.7"
\t],
\t[
\t\t"node.event",
\t\tvoid 0,
\t\t"node",
\t\t"<=2026.7",
\t\t{ startup: true }
\t],
];
const RESERVED_ADMIN_GATEWAY_METHOD_PREFIXES = [
\t"config.",
];
registerGatewayMethod("browser.request"
"operator.read"
`.replaceAll('],\n]', ']\n]');

const OF_2026_7_1 = `const CORE_GATEWAY_METHOD_SPECS = [
\t{
\t\tname: "health",
\t\tscope: "operator.read"
\t},
\t{
\t\tname: "update.run",
\t\tstartup: true,
\t\tscope: "operator.admin"
\t}
];
`;

const OF_2026_4_1 = `const NODE_ROLE_METHODS = new Set([
\t"node.event",
\t"skills.bins"
]);
const METHOD_SCOPE_GROUPS = {
\t[TALK_SECRETS_SCOPE$2]: ["a.b"],
\t[READ_SCOPE]: [
\t\t"health",
\t\t"status"
\t]
};
const ADMIN_METHOD_PREFIXES = [
\t"exec.approvals.",
\t"update."
];
"operator.talk.secrets"
"operator.read"
`;

test('the tables of each generation of releases are read', () => {
  expect(shippedMethodsIn(OF_2026_9_6)).toEqual({
    methods: { health: 'operator.read', 'node.event': 'node', 'browser.request': null },
    adminPrefixes: ['config.'],
    scopes: ['operator.read'],
  });
  expect(shippedMethodsIn(OF_2026_7_1)).toEqual({
    methods: { health: 'operator.read', 'update.run': 'operator.admin' },
    adminPrefixes: [],
    scopes: ['operator.admin', 'operator.read'],
  });
  expect(shippedMethodsIn(OF_2026_4_1)).toEqual({
    methods: {
      'a.b': 'operator.talk.secrets',
      health: 'operator.read',
      status: 'operator.read',
      'node.event': 'node',
      'skills.bins': 'node',
    },
    adminPrefixes: ['exec.approvals.', 'update.'],
    scopes: ['operator.read', 'operator.talk.secrets'],
  });
});

test('a terminal ends lines with a carriage return, which changes nothing', () => {
  expect(shippedMethodsIn(OF_2026_9_6.replaceAll('\n', '\r\n'))).toEqual(shippedMethodsIn(OF_2026_9_6));
});

test('a text without tables has no methods', () => {
  expect(shippedMethodsIn('')).toEqual({ methods: {}, adminPrefixes: [], scopes: [] });
});
