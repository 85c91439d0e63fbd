import { randomUUID } from 'node:crypto';
import { quoted } from '../properties/documentation.ts';
import type { ParameterRow } from './parameter-row.ts';
import { ROWS_BY_PARAMETERS } from './rows-by-parameters.ts';

const SCOPES_PAGE = 'docs/gateway/operator-scopes.md';
const ADMIN = 'operator.admin';
const WRITE = 'operator.write';
const PAIRING = 'operator.pairing';
const NO_REQUEST = 'There is no such request.';

/** Methods that check the object of the call themselves. With an object that does not exist, a caller gets as far as the scope allows. */
const ABOUT_NOTHING: readonly ParameterRow[] = [
  {
    method: 'device.pair.approve',
    given: 'a request that does not exist',
    params: () => ({ requestId: randomUUID() }),
    declared: [PAIRING],
    needs: null,
    source: quoted(SCOPES_PAGE, '`device.pair.approve` is reachable with `operator.pairing`'),
    harmless: NO_REQUEST,
  },
  {
    method: 'node.pair.approve',
    given: 'a request that does not exist',
    params: () => ({ requestId: randomUUID() }),
    declared: [PAIRING, WRITE],
    needs: null,
    source: quoted(SCOPES_PAGE, '`node.pair.approve` is reachable with `operator.pairing`'),
    harmless: NO_REQUEST,
  },
  {
    method: 'tools.invoke',
    given: 'a tool that does not exist',
    params: () => ({ name: randomUUID(), args: {} }),
    declared: [WRITE],
    needs: null,
    source: quoted(SCOPES_PAGE, 'Mutating operator actions: sending messages, invoking tools'),
    harmless: 'There is no such tool.',
  },
];

/** Calls that would have an effect. Only callers that must be denied make them; a denial that comes after the effect shows in the state. */
const EFFECTIVE: readonly ParameterRow[] = [
  {
    method: 'config.patch',
    given: 'a valid change',
    params: ({ configHash }) => ({
      raw: JSON.stringify({ ui: { seamColor: '#336699' } }),
      ...(configHash === '' ? {} : { baseHash: configHash }),
    }),
    declared: [ADMIN],
    needs: null,
    source: quoted(SCOPES_PAGE, 'Required for config mutation, updates, native hooks'),
    harmless: null,
  },
  {
    method: 'device.pair.remove',
    given: 'a paired device',
    params: ({ bystander }) => ({ deviceId: bystander }),
    declared: [PAIRING],
    needs: null,
    source: quoted(SCOPES_PAGE, 'Device and node pairing management: list, approve, reject, remove, rotate, revoke.'),
    harmless: null,
  },
  {
    method: 'device.token.revoke',
    given: 'a paired device',
    params: ({ bystander }) => ({ deviceId: bystander, role: 'operator' }),
    declared: [PAIRING],
    needs: null,
    source: quoted(SCOPES_PAGE, 'Device and node pairing management: list, approve, reject, remove, rotate, revoke.'),
    harmless: null,
  },
  {
    method: 'sessions.create',
    given: 'a new session',
    params: () => ({ key: `agent:main:${randomUUID()}` }),
    declared: [WRITE, 'dynamic'],
    needs: [WRITE],
    source: quoted(SCOPES_PAGE, '`sessions.create` needs `operator.write` for ordinary creation'),
    harmless: null,
  },
];

/** Every call with parameters of its own. */
export const PARAMETER_ROWS: readonly ParameterRow[] = [...ROWS_BY_PARAMETERS, ...ABOUT_NOTHING, ...EFFECTIVE];
