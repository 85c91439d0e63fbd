import { needed } from '../gateway/stage.ts';
import type { Step } from '../scenario/step.ts';
import { playBootstrap } from './bootstrap.ts';
import { playBrowser } from './browser.ts';
import { playCall } from './call.ts';
import { playCli } from './cli.ts';
import { playDecision } from './decide.ts';
import { playFrames } from './frames.ts';
import { playHttp } from './http.ts';
import { playKnock } from './knock.ts';
import { playStart, playWait } from './lifecycle.ts';
import { type StepRecord, showing } from './record.ts';
import { newRows, rowsOf } from './rows.ts';
import type { Scene } from './scene.ts';
import { playTurn } from './turn.ts';

/** Carries out one step of whatever kind. Throws EnvironmentError where the engine or the gateway's list fails. */
export async function playStep(scene: Scene, step: Step): Promise<StepRecord> {
  const { stage } = scene;
  switch (step.kind) {
    case 'knock':
      return playKnock(scene, step.body);
    case 'call':
      return playCall(scene, step.body);
    case 'approve':
      return playDecision(scene, { kind: 'approve', ...step.body, as: step.body.as ?? null });
    case 'reject':
      return playDecision(scene, { kind: 'reject', ...step.body, as: step.body.as ?? null });
    case 'rotate': {
      const { as, scopes } = step.body;
      return playDecision(scene, { kind: 'rotate', ...step.body, as: as ?? null, scopes: scopes ?? null });
    }
    case 'revoke':
      return playDecision(scene, { kind: 'revoke', ...step.body, as: step.body.as ?? null });
    case 'remove':
      return playDecision(scene, { kind: 'remove', ...step.body, as: step.body.as ?? null });
    case 'turn':
      return playTurn(scene, step.body);
    case 'frames':
      return playFrames(scene, step.body);
    case 'cli':
      return playCli(scene, step.body);
    case 'bootstrap':
      return playBootstrap(scene, step.body);
    case 'rows': {
      const { paired, pending } = newRows(scene.rowsBefore, rowsOf(await stage.operator().list()));
      return showing({ rows: { paired: paired.size, pending: pending.size } });
    }
    case 'files': {
      if ('put' in step.body) await needed(stage, 'home').put(step.body.put);
      else await needed(stage, 'home').remove(step.body.remove);
      return showing({});
    }
    case 'http':
      return playHttp(scene, step.body);
    case 'browser':
      return playBrowser(scene, step.body);
    case 'restart': {
      const { kill } = step.body;
      return playStart(scene, () => needed(stage, 'lifecycle').restart(kill));
    }
    case 'recreate': {
      const { home } = step.body;
      return playStart(scene, () => needed(stage, 'lifecycle').recreate(home));
    }
    case 'upgrade': {
      const { to } = step.body;
      return playStart(scene, () => needed(stage, 'lifecycle').upgrade(to ?? null));
    }
    case 'configure': {
      const { set, reload } = step.body;
      const lifecycle = needed(stage, 'lifecycle');
      return playStart(scene, () => (reload ? lifecycle.reload(set) : lifecycle.configure(set)));
    }
    case 'wait':
      return playWait(scene, step.body);
    case 'together':
      throw new Error('steps that are held together are carried out by playTogether');
  }
}
