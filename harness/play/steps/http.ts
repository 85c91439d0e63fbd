import { Agent, request } from 'undici';
import { messageOf } from '../../exit.ts';
import { HTTP_BODY_BYTES } from '../../limits.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import { copyOf } from '../../text/cut.ts';
import type { PlayContext } from '../context.ts';
import { leakedPart, leaksIn } from '../leaks.ts';
import { notCarriedOut, type StepRecord } from '../record.ts';
import { routeOf } from '../route.ts';

type HttpBody = StepBody<'http'>;

/** Gives the shared secret that the request sends: '' for none, null if the step asks for the former one and there is none. */
function bearerFor({ stage }: PlayContext, token: HttpBody['token']): string | null {
  if (token !== 'former') return token ? Object.values(stage.credentials()).join('') : '';
  return stage.former === null ? null : Object.values(stage.former).join('');
}

/**
 * Sends one plain HTTP request from a vantage, with the headers that `undici` sends, and records status and body. Follows no redirects:
 * a redirect is the answer. Does not throw if the request fails; the record then says that the step was not carried out.
 */
export async function playHttp(context: PlayContext, body: HttpBody): Promise<StepRecord> {
  const { host, port, authority, tls } = context.stage.route(routeOf(body));
  const secret = bearerFor(context, body.token);
  if (secret === null) return notCarriedOut('the shared secret was never changed');
  const headers = {
    Host: authority,
    ...(secret === '' ? {} : { Authorization: `Bearer ${secret}` }),
    ...(body.json === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...body.headers,
  };
  // Over TLS it takes any certificate: each gateway of a test makes its own.
  const connections = new Agent({ connect: { rejectUnauthorized: false } });
  const began = performance.now();
  try {
    const answer = await request(`${tls ? 'https' : 'http'}://${host}:${port}${body.path}`, {
      dispatcher: connections,
      method: body.method,
      headers,
      body: body.json === undefined ? null : JSON.stringify(body.json),
      // The limit is for the whole answer: a limit between two chunks would not stop a slow body.
      signal: AbortSignal.timeout(context.timeouts.handshakeMs),
    });
    let text = '';
    for await (const chunk of answer.body) {
      text += `${chunk}`;
      if (text.length >= HTTP_BODY_BYTES) break;
    }
    const page = copyOf(text.slice(0, HTTP_BODY_BYTES));
    return {
      observation: {
        http: { status: answer.statusCode, body: page },
        ...leakedPart(leaksIn(context, 'an HTTP answer', page)),
      },
      transcript: null,
      logLines: [],
      pairingList: null,
      vantage: body.from,
      durationMs: Math.round(performance.now() - began),
    };
  } catch (error) {
    return notCarriedOut(`no HTTP answer from ${body.from}: ${messageOf(error)}`);
  } finally {
    await connections.destroy();
  }
}
