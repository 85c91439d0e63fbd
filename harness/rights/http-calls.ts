import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { atMost } from '../at-most.ts';
import type { CallEnd } from '../client/connection.ts';
import { errorShape } from '../client/frames.ts';
import { type RawAnswer, sendRaw } from '../client/raw-request.ts';
import { EnvironmentError } from '../exit.ts';
import { authorityOf, OPERATORS_ROUTE, type Route } from '../gateway/network/proxies.ts';
import type { StageAccess } from '../gateway/stage/stage.ts';
import { CALLS_IN_FLIGHT, ROUTE_ANSWER_MS } from '../limits.ts';
import { inRangeOrNewest } from '../scenario/releases/range.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import { parseJson } from '../text/json.ts';
import { type CallAnswer, readCallEnd } from './call-answer.ts';
import { paramsThatNoMethodTakes } from './call-rows.ts';
import { CALLERS } from './callers.ts';
import { type MadeCaller, routeOf } from './make-caller.ts';
import { nameOfRow } from './matrix.ts';
import type { RowToPlay } from './rows.ts';

/** The releases with the plugin that takes calls over HTTP: it is in 2026.5.27 and later, and not in 2026.5.2. */
const WITH_PLUGIN = '>2026.5.2';

/** The path of the plugin (docs/plugins/admin-http-rpc.md). */
const PATH = '/api/v1/admin/rpc';

/** The method that the plugin itself answers, with the methods that it takes. */
const LIST = 'commands.list';

/** What a client of the plugin claims, which only a trusted proxy may say of its users. */
const CLAIMED = { 'x-openclaw-scopes': 'operator.admin' };

/** Gives the gateway with the plugin, which is off by default, on releases that have it. */
export function withHttpCalls(gateway: Scenario['gateway'], version: string): Scenario['gateway'] {
  if (!inRangeOrNewest(version, WITH_PLUGIN)) return gateway;
  return {
    ...gateway,
    config: { ...gateway.config, plugins: { entries: { 'admin-http-rpc': { enabled: true } } } },
  };
}

const listShape = z.object({ payload: z.object({ methods: z.array(z.string()) }) });

/**
 * Gives the methods that a gateway takes over HTTP, as it lists them to the shared secret; none on a release without the plugin. Throws
 * EnvironmentError for any other answer, because nothing would be known of calls over HTTP.
 */
export async function methodsOverHttp(stage: StageAccess, version: string): Promise<string[]> {
  const answer = await post(stage, OPERATORS_ROUTE, { Authorization: `Bearer ${stage.token}` }, LIST, {});
  const methods = readMethodList(answer, version);
  if (methods !== null) return methods;
  const seen = answer.kind === 'answered' ? `with HTTP ${answer.status}` : `with ${answer.kind}`;
  throw new EnvironmentError(
    `the gateway answered the shared secret at POST ${PATH} ${seen}, and not with its methods`,
    'Run `postern routes --gateway …`, which shows who opens this path.',
  );
}

/**
 * The methods of a list that a gateway of a version gave; null if the answer does not tell. A version with the plugin, which the stage enables, lists
 * some: another answer means that its calls are not known. A version without the plugin has none unless it lists some:
 * 2026.3.31 answers what no early handler takes with 500, because its handler for Slack lacks a module (openclaw/openclaw#58762).
 */
export function readMethodList(answer: RawAnswer, version: string): string[] | null {
  if (answer.kind !== 'answered') return null;
  const listed = listShape.safeParse(parseJson(answer.body)).data;
  const methods = listed?.payload.methods.filter((method) => method !== LIST) ?? [];
  return methods.length > 0 || !inRangeOrNewest(version, WITH_PLUGIN) ? methods : null;
}

/**
 * Callers that also call over HTTP: those whose session has exactly the scopes of their device token, each set of scopes once, because a gateway
 * checks one device token after another. The shared secret, which other callers show, may call everything there.
 */
const ALSO_OVER_HTTP: readonly string[] = CALLERS.filter(
  ({ place, admission, asks }) =>
    place === 'remote' && (admission === 'revoked' || (admission === 'paired' && asks.length <= 1)),
).map(({ id }) => id);

/**
 * Makes the calls of some rows over HTTP with the device token of one caller, several at the same time, and gives the answers by the names of
 * the rows; none for a caller that does not call over HTTP. Does not throw.
 */
export async function callOverHttp(
  stage: StageAccess,
  { caller, deviceToken }: MadeCaller,
  rows: readonly RowToPlay[],
): Promise<Record<string, CallAnswer>> {
  const answers: Record<string, CallAnswer> = {};
  if (deviceToken === null || !ALSO_OVER_HTTP.includes(caller.id)) return answers;
  const headers = { Authorization: `Bearer ${deviceToken}`, ...CLAIMED };
  await atMost(CALLS_IN_FLIGHT, rows, async ({ row }) => {
    const answer = await post(stage, routeOf(caller), headers, row.method, paramsThatNoMethodTakes(row.method));
    answers[nameOfRow(row)] = readHttpAnswer(answer);
  });
  return answers;
}

function post(
  stage: StageAccess,
  route: Route,
  headers: Readonly<Record<string, string>>,
  method: string,
  params: object,
): Promise<RawAnswer> {
  const body = JSON.stringify({ id: randomUUID(), method, params });
  return sendRaw(
    {
      ...stage.route(route),
      method: 'POST',
      target: PATH,
      headers: { Host: authorityOf(route.from), 'Content-Type': 'application/json', Connection: 'close', ...headers },
      body,
    },
    ROUTE_ANSWER_MS,
  );
}

/** The beginning of the answer to a call that was made; the rest may be cut off. */
const DONE = /^\{"id":"[^"]*","ok":true\b/;

const refusalShape = z.object({ ok: z.literal(false), error: errorShape });

/** Reads the answer to a call over HTTP: that of the method as over the WebSocket, or that the gateway lets the caller call nothing. */
export function readHttpAnswer(answer: RawAnswer): CallAnswer {
  switch (answer.kind) {
    case 'timeout':
      return { kind: 'broke', how: 'timeout' };
    case 'closed':
      return { kind: 'broke', how: 'lost' };
    case 'upgraded':
      return { kind: 'unreadable', text: `HTTP ${answer.status}` };
    case 'answered': {
      const end = endIn(answer.body);
      if (end !== null) return readCallEnd(end);
      const { status } = answer;
      return status === 401 || status === 403
        ? { kind: 'not-admitted', status }
        : { kind: 'unreadable', text: `HTTP ${status}` };
    }
  }
}

function endIn(body: string): CallEnd | null {
  if (DONE.test(body)) return { kind: 'answered', payload: {} };
  const refused = refusalShape.safeParse(parseJson(body));
  return refused.success ? { kind: 'denied', error: refused.data.error } : null;
}
