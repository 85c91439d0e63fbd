import { needed } from '../../gateway/stage/stage.ts';
import type { Step } from '../../scenario/schema/step.ts';
import type { PlayContext } from '../context.ts';
import { playDecision } from '../pairing-decision.ts';
import { recordOf, type StepRecord } from '../record.ts';
import { playTurn } from './agent-turn.ts';
import { playBootstrap } from './bootstrap.ts';
import { playBrowser } from './browser.ts';
import { playCall } from './call.ts';
import { playCli } from './cli.ts';
import { playFrames } from './frames.ts';
import { playHttp } from './http.ts';
import { playKnock } from './knock.ts';
import { playStart, playWait } from './lifecycle.ts';
import { newRows, pairingRowsOf } from './pairing-rows.ts';

/** Carries out one step of any kind but `together`. Throws EnvironmentError if the engine fails or the pairing list cannot be read. */
export async function playStep(context: PlayContext, step: Step): Promise<StepRecord> {
  const { stage } = context;
  switch (step.kind) {
    case 'knock':
      return playKnock(context, step.body);
    case 'call':
      return playCall(context, step.body);
    case 'approve':
      return playDecision(context, { kind: 'approve', ...step.body, as: step.body.as ?? null });
    case 'reject':
      return playDecision(context, { kind: 'reject', ...step.body, as: step.body.as ?? null });
    case 'rotate': {
      const { as, scopes } = step.body;
      return playDecision(context, { kind: 'rotate', ...step.body, as: as ?? null, scopes: scopes ?? null });
    }
    case 'revoke':
      return playDecision(context, { kind: 'revoke', ...step.body, as: step.body.as ?? null });
    case 'remove':
      return playDecision(context, { kind: 'remove', ...step.body, as: step.body.as ?? null });
    case 'turn':
      return playTurn(context, step.body);
    case 'frames':
      return playFrames(context, step.body);
    case 'cli':
      return playCli(context, step.body);
    case 'bootstrap':
      return playBootstrap(context, step.body);
    case 'rows': {
      const { paired, pending } = newRows(context.rowsBefore, pairingRowsOf(await stage.operator().list()));
      return recordOf({ rows: { paired: paired.size, pending: pending.size } });
    }
    case 'files': {
      if ('put' in step.body) await needed(stage, 'home').put(step.body.put);
      else await needed(stage, 'home').remove(step.body.remove);
      return recordOf({});
    }
    case 'http':
      return playHttp(context, step.body);
    case 'browser':
      return playBrowser(context, step.body);
    case 'restart': {
      const { kill } = step.body;
      return playStart(context, () => needed(stage, 'lifecycle').restart(kill));
    }
    case 'recreate': {
      const { home } = step.body;
      return playStart(context, () => needed(stage, 'lifecycle').recreate(home));
    }
    case 'upgrade': {
      const { to } = step.body;
      return playStart(context, () => needed(stage, 'lifecycle').upgrade(to ?? null));
    }
    case 'configure': {
      const { set, reload } = step.body;
      const lifecycle = needed(stage, 'lifecycle');
      return playStart(context, () => (reload ? lifecycle.reload(set) : lifecycle.configure(set)));
    }
    case 'wait':
      return playWait(context, step.body);
    case 'together':
      throw new Error('a step "together" is carried out by playTogether');
  }
}
