import type { Edit } from './patch.ts';
import { COMPARISON, comparisonAnd, type SurveyMutant } from './survey-mutant.ts';

/** The property that a call without its scope breaks. */
const SCOPE = 'a-call-needs-its-scope';

/**
 * The change that lets a call reach its handler if `condition` is true: JavaScript about the `method`, the `role` and `scopes` of the caller,
 * and its `client`. All generations authorise calls in one function, and give its result in two forms.
 */
export function reaches(condition: string): SurveyMutant['on'] {
  return { '2026.4.1': reachedIf(condition, 'null'), ...reachesLater(condition) };
}

/** The same for the releases after 2026.4.1. */
export function reachesLater(condition: string): SurveyMutant['on'] {
  return { '2026.7.1': reachedIf(condition, 'null'), '2026.9.6': reachedIf(condition, '{ error: null }') };
}

const reachedIf = (condition: string, answer: string): readonly Edit[] => [
  {
    start: 'authorizeGatewayMethod',
    with: `{ const role = client?.connect?.role ?? "operator"; const scopes = client?.connect?.scopes ?? []; if (${condition}) return ${answer}; }`,
  },
];

/** The change that lets operators with this scope alone call these methods. */
const lowered = (methods: readonly string[], scope: string): SurveyMutant['on'] =>
  reaches(`${JSON.stringify(methods)}.includes(method) && scopes.includes("${scope}")`);

/** The change of the check of one scope, which 2026.7.1 and 2026.9.6 make in two functions. `statement` is JavaScript about `scopes`. */
function inEachCheck(statement: string): SurveyMutant['on'] {
  const first: Edit = { start: 'authorizeOperatorScopesForMethod', with: statement };
  const both: readonly Edit[] = [first, { start: 'authorizeOperatorScopesForRequiredScope', with: statement }];
  return { '2026.4.1': [first], '2026.7.1': both, '2026.9.6': both };
}

/** Mutants that let an operator call a method without the scope that it needs. */
export const RIGHTS_OF_SCOPES: readonly SurveyMutant[] = [
  {
    id: 'config-written-by-writers',
    says: 'The gateway lets an operator write the config with operator.write in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['config.set'], 'operator.write'),
  },
  {
    id: 'config-read-without-a-scope',
    says: 'The gateway lets every operator read the config, whatever its scopes.',
    expects: comparisonAnd(SCOPE),
    on: reaches('method === "config.get" && role === "operator"'),
  },
  {
    id: 'log-read-without-a-scope',
    says: 'The gateway lets every operator read its log, whatever its scopes.',
    expects: comparisonAnd(SCOPE),
    on: reaches('method === "logs.tail" && role === "operator"'),
  },
  {
    id: 'secrets-reloaded-without-a-scope',
    says: 'The gateway lets every operator have its secrets read again, whatever its scopes.',
    expects: comparisonAnd(SCOPE),
    on: reaches('method === "secrets.reload" && role === "operator"'),
  },
  {
    id: 'approvals-decided-by-writers',
    says: 'The gateway lets an operator decide on what agents may run with operator.write in place of operator.approvals.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['exec.approval.resolve', 'plugin.approval.resolve'], 'operator.write'),
  },
  {
    id: 'approval-rules-read-by-readers',
    says: 'The gateway shows the rules of what agents may run to operators with operator.read in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['exec.approvals.get'], 'operator.read'),
  },
  {
    id: 'pairing-list-read-by-readers',
    says: 'The gateway shows the pairing list to operators with operator.read in place of operator.pairing.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['device.pair.list'], 'operator.read'),
  },
  {
    id: 'pairing-decided-by-writers',
    says: 'The gateway lets an operator approve and reject devices with operator.write in place of operator.pairing.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['device.pair.approve', 'device.pair.reject'], 'operator.write'),
  },
  {
    id: 'nodes-paired-by-readers',
    says: 'The gateway lets an operator approve nodes with operator.read.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['node.pair.approve'], 'operator.read'),
  },
  {
    id: 'devices-removed-by-writers',
    says: 'The gateway lets an operator remove devices with operator.write in place of operator.pairing.',
    expects: comparisonAnd(SCOPE, 'a-denied-call-has-no-effect'),
    on: lowered(['device.pair.remove'], 'operator.write'),
  },
  {
    id: 'tokens-revoked-by-readers',
    says: 'The gateway lets an operator revoke device tokens with operator.read in place of operator.pairing.',
    expects: comparisonAnd(SCOPE, 'a-denied-call-has-no-effect'),
    on: lowered(['device.token.revoke'], 'operator.read'),
  },
  {
    id: 'secrets-resolved-by-writers',
    says: 'The gateway lets an operator read the values of its secrets with operator.write in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['secrets.resolve'], 'operator.write'),
  },
  {
    id: 'skills-installed-by-writers',
    says: 'The gateway lets an operator install skills with operator.write in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['skills.install'], 'operator.write'),
  },
  {
    id: 'agents-created-by-writers',
    says: 'The gateway lets an operator create agents with operator.write in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['agents.create', 'agents.files.set'], 'operator.write'),
  },
  {
    id: 'jobs-added-by-writers',
    says: 'The gateway lets an operator add jobs with operator.write in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['cron.add'], 'operator.write'),
  },
  {
    id: 'updates-run-by-writers',
    says: 'The gateway lets an operator update it with operator.write in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['update.run'], 'operator.write'),
  },
  {
    id: 'messages-sent-by-readers',
    says: 'The gateway lets an operator send messages with operator.read in place of operator.write.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['send', 'chat.send'], 'operator.read'),
  },
  {
    id: 'nodes-invoked-by-readers',
    says: 'The gateway lets an operator run commands on nodes with operator.read in place of operator.write.',
    expects: comparisonAnd(SCOPE),
    on: lowered(['node.invoke'], 'operator.read'),
  },
  {
    id: 'sessions-deleted-by-readers',
    says: 'The gateway lets an operator delete sessions with operator.read in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    // These releases decide by the parameters, so that their table says nothing about a call with parameters that no method takes.
    expectsOn: { '2026.7.1': COMPARISON, '2026.9.6': COMPARISON },
    on: lowered(['sessions.delete'], 'operator.read'),
  },
  {
    id: 'read-suffices-for-writing',
    says: 'The gateway takes operator.read for operator.write too.',
    expects: comparisonAnd(SCOPE),
    on: inEachCheck('if (scopes.includes("operator.read")) scopes = [...scopes, "operator.write"];'),
  },
  {
    id: 'write-implies-pairing',
    says: 'The gateway lets operator.write imply operator.pairing.',
    expects: comparisonAnd(SCOPE),
    on: inEachCheck('if (scopes.includes("operator.write")) scopes = [...scopes, "operator.pairing"];'),
  },
  {
    id: 'pairing-implies-approvals',
    says: 'The gateway lets operator.pairing imply operator.approvals.',
    expects: comparisonAnd(SCOPE),
    on: inEachCheck('if (scopes.includes("operator.pairing")) scopes = [...scopes, "operator.approvals"];'),
  },
  {
    id: 'approvals-imply-administration',
    says: 'The gateway lets operator.approvals imply every scope.',
    expects: comparisonAnd(SCOPE),
    on: inEachCheck('if (scopes.includes("operator.approvals")) return { allowed: true };'),
  },
  {
    id: 'any-scope-suffices',
    says: 'The gateway lets an operator call every method with any one scope.',
    expects: comparisonAnd(SCOPE),
    on: inEachCheck('if (scopes.length > 0) return { allowed: true };'),
  },
  {
    id: 'clients-without-a-device-are-trusted',
    says: 'The gateway lets an operator without a device call every method, whatever its scopes.',
    expects: comparisonAnd(SCOPE),
    on: reaches('role === "operator" && client?.connect && !client.connect.device'),
  },
  {
    id: 'device-tokens-administer',
    says: 'The gateway lets a client that came with a device token call every method, whatever its scopes.',
    expects: comparisonAnd(SCOPE),
    on: reachesLater('role === "operator" && client?.isDeviceTokenAuth'),
  },
  {
    id: 'remote-operators-see-the-status',
    says: 'The gateway lets a remote operator without a scope read its status, and no local one.',
    expects: comparisonAnd(SCOPE, 'remote-callers-reach-no-more'),
    // A local client has no `clientIp`.
    on: reaches('method === "status" && role === "operator" && client?.clientIp'),
  },
];
