import { z } from 'zod';
import { EnvironmentError } from '../exit.ts';
import { stateOf } from '../gateway/pairing/pairing.ts';
import { idOfClientNamedBy, type NamedId, textsIn, withTexts } from '../scenario/schema/placeholders.ts';
import { clientStateIn } from './clients.ts';
import type { PlayContext } from './context.ts';
import { readHomeIdentity } from './steps/home-identity.ts';

type Json = z.core.util.JSONType;

const nodeList = z.object({ pending: z.array(z.object({ requestId: z.string(), nodeId: z.string() })) });

/**
 * Gives the present value of a placeholder: the id of a client's device, of its pairing request or of its node request. Gives null if there
 * is no such request. Throws EnvironmentError if a list cannot be read.
 */
export async function idOf(context: PlayContext, what: NamedId, of: string): Promise<string | null> {
  const clientState = clientStateIn(context.clientStates, of);
  const home =
    clientState.declared.identity === 'home' ? await readHomeIdentity(context.stage, context.secretRegistry) : null;
  const { deviceId } = home ?? clientState;
  const operator = context.stage.operator();
  switch (what) {
    case 'device':
      return deviceId;
    case 'request':
      return stateOf(await operator.list(), deviceId).pending?.requestId ?? null;
    case 'node-request': {
      const end = await operator.call('node.pair.list', {});
      const list = nodeList.safeParse(end.kind === 'answered' ? end.payload : null);
      if (!list.success) {
        throw new EnvironmentError(
          `the list of nodes cannot be read: node.pair.list ended with ${JSON.stringify(end).slice(0, 300)}`,
          "Look at the gateway's log in the report folder.",
        );
      }
      return list.data.pending.find(({ nodeId }) => nodeId === deviceId)?.requestId ?? null;
    }
  }
}

/** Gives the value with each placeholder replaced by its id, or the first placeholder (`missing`) that has no id. */
export async function withIds(
  context: PlayContext,
  value: Record<string, Json>,
): Promise<{ value: Record<string, Json> } | { missing: string }> {
  const ids = new Map<string, string>();
  for (const text of textsIn(value)) {
    const named = idOfClientNamedBy(text);
    if (named === null) continue;
    const id = await idOf(context, named.what, named.of);
    if (id === null) return { missing: text };
    ids.set(text, id);
  }
  const by = (text: string): string => ids.get(text) ?? text;
  return { value: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, by)])) };
}
