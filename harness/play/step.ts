import { needed } from '../gateway/stage.ts';
import { kindOf } from '../scenario/checks.ts';
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
  if ('knock' in step) return playKnock(scene, step.knock);
  if ('call' in step) return playCall(scene, step.call);
  if ('approve' in step) return playDecision(scene, { kind: 'approve', ...step.approve, as: step.approve.as ?? null });
  if ('reject' in step) return playDecision(scene, { kind: 'reject', ...step.reject, as: step.reject.as ?? null });
  if ('rotate' in step) {
    const { as, scopes } = step.rotate;
    return playDecision(scene, { kind: 'rotate', ...step.rotate, as: as ?? null, scopes: scopes ?? null });
  }
  if ('revoke' in step) return playDecision(scene, { kind: 'revoke', ...step.revoke, as: step.revoke.as ?? null });
  if ('remove' in step) return playDecision(scene, { kind: 'remove', ...step.remove, as: step.remove.as ?? null });
  if ('turn' in step) return playTurn(scene, step.turn);
  if ('frames' in step) return playFrames(scene, step.frames);
  if ('cli' in step) return playCli(scene, step.cli);
  if ('bootstrap' in step) return playBootstrap(scene, step.bootstrap);
  if ('rows' in step) {
    const { paired, pending } = newRows(scene.rowsBefore, rowsOf(await stage.operator().list()));
    return showing({ rows: { paired: paired.size, pending: pending.size } });
  }
  if ('files' in step) {
    if ('put' in step.files) await needed(stage, 'home').put(step.files.put);
    else await needed(stage, 'home').remove(step.files.remove);
    return showing({});
  }
  if ('http' in step) return playHttp(scene, step.http);
  if ('browser' in step) return playBrowser(scene, step.browser);
  if ('restart' in step) return playStart(scene, () => needed(stage, 'lifecycle').restart(step.restart.kill));
  if ('recreate' in step) return playStart(scene, () => needed(stage, 'lifecycle').recreate(step.recreate.home));
  if ('upgrade' in step) return playStart(scene, () => needed(stage, 'lifecycle').upgrade(step.upgrade.to ?? null));
  if ('configure' in step) {
    const { set, reload } = step.configure;
    return playStart(scene, () =>
      reload ? needed(stage, 'lifecycle').reload(set) : needed(stage, 'lifecycle').configure(set),
    );
  }
  if ('wait' in step) return playWait(scene, step.wait);
  if ('together' in step) throw new Error('steps that are held together are carried out by playTogether');
  const never: never = step;
  throw new Error(`no way to play a step of kind ${kindOf(never)}`);
}
