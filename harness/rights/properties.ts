import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { type CallAnswer, provenBy, sayAnswer } from './call-answer.ts';
import type { Breach, CallerProperty } from './caller-property.ts';
import { CALLERS, type Caller } from './callers.ts';
import { expectedOf } from './expected.ts';
import { type CallerState, isOverHttp, type Matrix, nameOfRow, type PlayedRow } from './matrix.ts';

/** One answer with the caller and the row that it belongs to. */
type Seen = { caller: Caller; state: Extract<CallerState, { kind: 'admitted' }>; row: PlayedRow; answer: CallAnswer };

/** The answers to admitted callers that satisfy `isBreach`, as breaches: one for each row and each answer in words. */
function breachesWhere({ callers, rows }: Matrix, isBreach: (seen: Seen) => boolean): Breach[] {
  return rows.flatMap((row) => {
    const seen = CALLERS.flatMap((caller) => {
      const [state, answer] = [callers[caller.id], row.answers[caller.id]];
      if (state?.kind !== 'admitted' || answer === undefined || !isBreach({ caller, state, row, answer })) return [];
      return [{ id: caller.id, words: sayAnswer(answer) }];
    });
    const byWords = Map.groupBy(seen, ({ words }) => words);
    return [...byWords].map(([words, of]) => ({ where: nameOfRow(row), callers: of.map(({ id }) => id), seen: words }));
  });
}

const isOver = ({ admission }: Caller): boolean => admission === 'revoked';

/** Whether a caller whose access still holds got past an authorisation that should have denied it. */
const isReachedWithoutRight = ({ caller, state, row, answer }: Seen): boolean =>
  !isOver(caller) && expectedOf(state, row) === 'may-not' && provenBy(answer) === 'may';

/** Whether the call crosses the line between the roles: a node calls an operator's method, or an operator one of nodes. */
function crosses({ state, row }: Seen): boolean {
  if (row.declared === null) return false;
  return (state.role === 'node') !== (row.declared === 'node');
}

const SCOPES_PAGE = 'docs/gateway/operator-scopes.md';
const TRANSPORT_PAGE = 'docs/gateway/protocol/transport.md';

/** The properties of a matrix; the breach that is worst comes first. */
export const RIGHTS_PROPERTIES: readonly CallerProperty<Matrix>[] = [
  {
    id: 'a-call-needs-its-scope',
    statement: 'An operator reaches a method only with the scope that its release declares, or one that implies it.',
    sources: [quoted(SCOPES_PAGE, 'least-privilege method scope that decides whether a request reaches its handler')],
    releases: EVERY_RELEASE,
    breaches: (matrix) => breachesWhere(matrix, (seen) => !crosses(seen) && isReachedWithoutRight(seen)),
  },
  {
    id: 'roles-stay-apart',
    statement: 'A node reaches no method of operators, and an operator none of nodes.',
    sources: [
      quoted(SCOPES_PAGE, 'Operator RPC methods require the `operator` role.'),
      quoted(SCOPES_PAGE, 'Node-originated methods require the `node` role.'),
    ],
    releases: EVERY_RELEASE,
    breaches: (matrix) => breachesWhere(matrix, (seen) => crosses(seen) && isReachedWithoutRight(seen)),
  },
  {
    id: 'remote-callers-reach-no-more',
    statement: 'A remote caller reaches nothing that a local one with the same credential and scopes does not reach.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'direct-loopback `gateway-client` backend RPCs on the reserved internal helper path.',
        'The page names what local clients are given. It names nothing that only remote ones are given.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: remoteExtras,
  },
  {
    id: 'http-is-not-more-open',
    statement: 'With its device token, a caller reaches no method over HTTP that it does not reach over the WebSocket.',
    sources: [
      quoted(
        'docs/plugins/admin-http-rpc.md',
        'the same Gateway method handlers and scope checks as WebSocket RPC',
        'The page speaks of requests that are past the authentication. It does not name device tokens.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: httpExtras,
  },
  {
    id: 'a-denied-call-has-no-effect',
    statement: 'Calls that are denied, or whose parameters are invalid, change neither pairing, config nor sessions.',
    sources: [
      quoted(
        SCOPES_PAGE,
        'least-privilege method scope that decides whether a request reaches its handler',
        'A request that does not reach its handler changes nothing.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: ({ effects }) =>
      effects.map(({ part, before, after }) => ({ where: part, callers: [], seen: `${before} became ${after}` })),
  },
  {
    id: 'undeclared-methods-need-a-scope',
    statement: 'A method that no table of its release has is denied to an operator without a scope.',
    sources: [
      quoted(
        'docs/gateway/protocol/ledgers.md',
        'authorization preceded method lookup in shipped versions',
        'The page speaks of methods that do not exist. The rule behind it holds for all that are not declared.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (matrix) =>
      breachesWhere(
        matrix,
        ({ caller, state, row, answer }) =>
          !isOver(caller) &&
          state.role === 'operator' &&
          state.holds.length === 0 &&
          row.declared === null &&
          row.needs === null &&
          provenBy(answer) === 'may',
      ),
  },
  {
    id: 'a-revoked-session-is-over',
    statement: 'After the device token of a connected client is revoked, its session reaches no method but health.',
    sources: [
      quoted(
        'docs/cli/devices.md',
        'Revoke a device token for a role.',
        'The page names the operation. It does not say what becomes of a session that is open.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (matrix) =>
      breachesWhere(
        matrix,
        ({ caller, row, answer }) => isOver(caller) && nameOfRow(row) !== 'health' && provenBy(answer) === 'may',
      ),
  },
  {
    id: 'a-scope-suffices',
    statement: 'An operator with the scope that its release declares for a method, or one that implies it, reaches it.',
    sources: [
      quoted(SCOPES_PAGE, 'Administrative access. Satisfies every `operator.*` scope.'),
      quoted(SCOPES_PAGE, 'Also satisfies `operator.read`.'),
    ],
    releases: '>=2026.2.26',
    breaches: (matrix) =>
      breachesWhere(
        matrix,
        ({ caller, state, row, answer }) =>
          !isOver(caller) &&
          !isOverHttp(row) &&
          expectedOf(state, row) === 'may' &&
          provenBy(answer) === 'may-not' &&
          // A session that ended in the middle of its calls is none of a scope; every-call-is-answered has it.
          answer.kind !== 'closed' &&
          (answer.kind !== 'unknown' || row.found.includes('hello')),
      ),
  },
  {
    id: 'a-denial-names-the-scope',
    statement: 'A call that is denied for a missing scope names a scope that the method needs.',
    sources: [quoted(TRANSPORT_PAGE, '`requiredScopes` is the complete known scope set for the requested operation.')],
    releases: EVERY_RELEASE,
    breaches: (matrix) =>
      breachesWhere(
        matrix,
        ({ row, answer }) => answer.kind === 'denied-scope' && row.needs !== null && !row.needs.includes(answer.scope),
      ),
  },
  {
    id: 'every-call-is-answered',
    statement:
      'Each call gets an answer in time that says whether it is allowed, and a denial brings no more than its reason.',
    sources: [
      quoted(
        TRANSPORT_PAGE,
        'Clients should branch on `code` and `details.code`',
        'The page says how an error is read. It does not say that each call gets an answer.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (matrix) =>
      breachesWhere(
        matrix,
        ({ caller, answer }) =>
          answer.kind === 'broke' || answer.kind === 'unreadable' || (answer.kind === 'closed' && !isOver(caller)),
      ),
  },
];

function remoteExtras(matrix: Matrix): Breach[] {
  return breachesWhere(matrix, ({ caller, state, row, answer }) => {
    if (caller.place !== 'remote' || isOver(caller) || provenBy(answer) !== 'may') return false;
    const twin = CALLERS.find(({ id, place }) => place === 'local' && id.replace('local/', 'remote/') === caller.id);
    const [local, answerThere] = [matrix.callers[twin?.id ?? ''], row.answers[twin?.id ?? '']];
    const isSame = local?.kind === 'admitted' && local.holds.join() === state.holds.join();
    return isSame && answerThere !== undefined && provenBy(answerThere) === 'may-not';
  });
}

/** Calls over HTTP that are past the authorisation, while the same caller is denied the method over the WebSocket. */
function httpExtras(matrix: Matrix): Breach[] {
  const overSocket = new Map(matrix.rows.map((row) => [nameOfRow(row), row.answers]));
  return breachesWhere(matrix, ({ caller, row, answer }) => {
    const same = isOverHttp(row) ? overSocket.get(row.method)?.[caller.id] : undefined;
    return same !== undefined && provenBy(same) === 'may-not' && provenBy(answer) === 'may';
  });
}
