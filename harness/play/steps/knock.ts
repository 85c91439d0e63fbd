import { knock } from '../../client/handshake.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import { ALONE } from '../barrier.ts';
import { claimsFor, clientStateIn } from '../clients.ts';
import type { PlayContext } from '../context.ts';
import { observeAttempt } from '../observe-connect.ts';
import { notCarriedOut, type StepRecord } from '../record.ts';
import { routeOf } from '../route.ts';
import { answerInvocations } from './answer-invocations.ts';

type KnockBody = StepBody<'knock'>;

/** Carries out one knock of a client, and records what observeAttempt observes of it. */
export function playKnock(context: PlayContext, body: KnockBody): Promise<StepRecord> {
  return context.runExclusive(() => knockAlone(context, body));
}

async function knockAlone(context: PlayContext, body: KnockBody): Promise<StepRecord> {
  const { stage, timeouts } = context;
  const clientState = clientStateIn(context.clientStates, body.as);
  const claims = await claimsFor(clientState, body.claims ?? {}, context);
  if (typeof claims === 'string') return notCarriedOut(claims);
  if (body.replay === true && clientState.request === null)
    return notCarriedOut(`"${clientState.name}" has sent nothing yet that could be sent again`);
  await clientState.connection?.close();
  clientState.connection = null;

  const shown = Object.values(claims.credentials);
  return observeAttempt(context, clientState, { vantage: body.from, shown }, async (hear) => {
    const { end, transcript, connection } = await knock(
      { ...stage.route(routeOf(body)), path: '/', form: claims.form, headers: body.headers ?? {} },
      claims,
      timeouts,
      hear,
      {
        ready: context.seat === ALONE ? null : () => context.seat.at('ready'),
        afterMs: (body.afterSeconds ?? 0) * 1000,
        fragments: body.fragments ?? 1,
        text: body.replay === true ? clientState.request : null,
      },
    );
    const [sent] = transcript.entries.flatMap((entry) => (entry.kind === 'sent' ? [entry.text] : []));
    clientState.request = sent ?? clientState.request;
    if (connection !== null && claims.commands.length > 0) answerInvocations(connection);
    return {
      end,
      transcript,
      connection,
      deviceId: claims.identity === null ? null : clientState.deviceId,
      asked: claims.scopes,
      shows: {},
    };
  });
}
