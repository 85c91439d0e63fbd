import { openBrowserSession } from '../../client/browser-session.ts';
import type { Credentials } from '../../client/claims.ts';
import { browserPlaceOf, originOf } from '../../gateway/network/proxies.ts';
import { needed } from '../../gateway/stage/stage.ts';
import type { StepBody } from '../../scenario/schema/step.ts';
import { clientStateIn, credentialsFor } from '../clients.ts';
import type { PlayContext } from '../context.ts';
import { observeAttempt } from '../observe-connect.ts';
import { fieldOf, stringsIn, textIn } from '../read-json.ts';
import { notCarriedOut, type StepRecord } from '../record.ts';
import { pageOfAnotherSite } from './page-of-another-site.ts';

type BrowserBody = StepBody<'browser'>;

/** Opens a page in a real browser, and records what observeAttempt observes of it, and the text of the page. */
export function playBrowser(context: PlayContext, body: BrowserBody): Promise<StepRecord> {
  return context.runExclusive(() => visitAlone(context, body));
}

async function visitAlone(context: PlayContext, body: BrowserBody): Promise<StepRecord> {
  const { stage } = context;
  const clientState = clientStateIn(context.clientStates, body.as);
  const credentials = credentialsFor(clientState.declared.credential ?? 'token', clientState, stage);
  if (typeof credentials === 'string') return notCarriedOut(credentials);
  await clientState.connection?.close();
  clientState.connection = null;
  const origin = originOf({ from: body.from, through: body.through ?? 'documented' }, stage.speaksTls);
  clientState.person ??= await openBrowserSession(await needed(stage, 'browser')(browserPlaceOf(body.from)));
  const { person } = clientState;
  const { page, reads } = body;
  const other =
    page === 'control-ui' ? null : pageOfAnotherSite({ page, reads }, { origin, credentials, gateway: stage });

  const shown = Object.values(credentials);
  const about = { vantage: body.from, shown };
  let clicked = true;
  const record = await observeAttempt(context, clientState, about, async (hear) => {
    const visit = await person.visit({
      url: other?.url ?? `${origin}${body.path}${fragmentOf(credentials)}`,
      html: other?.html ?? null,
      click: body.click ?? null,
      withinMs: body.withinSeconds * 1000,
      hear,
    });
    clicked = visit.clicked;
    const deviceId = textIn(fieldOf(visit.connect, 'device'), 'id');
    if (deviceId !== null) clientState.deviceId = deviceId;
    return {
      end: visit.end,
      transcript: visit.transcript,
      connection: visit.connection,
      deviceId,
      asked: stringsIn(visit.connect, 'scopes') ?? [],
      shows: { page: { url: other?.url ?? `${origin}${body.path}`, text: visit.text } },
    };
  });
  if (clicked) return record;
  return { ...record, observation: { notCarriedOut: `the page has no button "${body.click}"` } };
}

/** Gives the fragment with which a person gives the shared secret to the Control UI; a browser does not send it to a server. */
function fragmentOf({ token, password }: Credentials): string {
  if (token !== undefined) return `#token=${token}`;
  return password === undefined ? '' : `#password=${password}`;
}
