import { knock } from '../client/handshake.ts';
import type { StepBody } from '../scenario/step.ts';
import { observeAttempt } from './attempt.ts';
import { claimsFor, playerIn } from './cast.ts';
import { doorOf } from './door.ts';
import { ALONE } from './meeting.ts';
import { obey } from './obey.ts';
import { notCarriedOut, type StepRecord } from './record.ts';
import type { Scene } from './scene.ts';

type KnockBody = StepBody<'knock'>;

/** Knocks once, and looks at everything that may have come of it. */
export function playKnock(scene: Scene, body: KnockBody): Promise<StepRecord> {
  return scene.alone(() => knockAlone(scene, body));
}

async function knockAlone(scene: Scene, body: KnockBody): Promise<StepRecord> {
  const { stage, patience } = scene;
  const player = playerIn(scene.cast, body.as);
  const claims = await claimsFor(player, body.claims ?? {}, scene);
  if (typeof claims === 'string') return notCarriedOut(claims);
  if (body.replay === true && player.request === null)
    return notCarriedOut(`"${player.name}" has sent nothing yet that could be sent again`);
  await player.connection?.close();
  player.connection = null;

  const shown = Object.values(claims.credentials);
  return observeAttempt(scene, player, { vantage: body.from, shown }, async (hear) => {
    const { end, transcript, connection } = await knock(
      { ...stage.door(doorOf(body)), path: '/', form: claims.form, headers: body.headers ?? {} },
      claims,
      patience,
      hear,
      {
        ready: scene.seat === ALONE ? null : () => scene.seat.at('ready'),
        afterMs: (body.afterSeconds ?? 0) * 1000,
        fragments: body.fragments ?? 1,
        text: body.replay === true ? player.request : null,
      },
    );
    const [sent] = transcript.entries.flatMap((entry) => (entry.kind === 'sent' ? [entry.text] : []));
    player.request = sent ?? player.request;
    if (connection !== null && claims.commands.length > 0) obey(connection);
    return {
      end,
      transcript,
      connection,
      deviceId: claims.identity === null ? null : player.deviceId,
      asked: claims.scopes,
      shows: {},
    };
  });
}
