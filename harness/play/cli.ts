import { stateOf } from '../gateway/pairing.ts';
import { COMMAND_SECONDS, COMMAND_TOOK_TOO_LONG } from '../gateway/stage.ts';
import type { Step } from '../scenario/step.ts';
import { playerIn } from './cast.ts';
import { readHomeIdentity } from './home-identity.ts';
import { notCarriedOut, type StepRecord, showing } from './record.ts';
import type { Scene } from './scene.ts';

type CliBody = Extract<Step, { cli: unknown }>['cli'];

/** Runs the real command, with the ids in place that no scenario can know. */
export function playCli(scene: Scene, body: CliBody): Promise<StepRecord> {
  return scene.alone(() => runAlone(scene, body));
}

async function runAlone(scene: Scene, body: CliBody): Promise<StepRecord> {
  const { stage, loaded } = scene;
  const ids = body.of === undefined ? {} : await idsOf(scene, body.of);
  const argv: string[] = [];
  for (const word of body.run) {
    const id = ids[word];
    if (id === null) return notCarriedOut(`no pending request of "${body.of}" to put in place of ${word}`);
    argv.push(id ?? word);
  }
  const secret = body.token ? ['--token', stage.token] : [];
  const command = await stage.command([...argv, ...secret], body.in, body.home, loaded.scenario.id);
  // A command that was cut off has shown nothing; its exit code must not pass for a refusal.
  if (command.exitCode === COMMAND_TOOK_TOO_LONG) {
    return notCarriedOut(`\`${command.argv.slice(0, 3).join(' ')}\` had not ended after ${COMMAND_SECONDS} s`);
  }
  return showing({ command });
}

/** What "<device>" and "<request>" stand for; null where the device has no pending request. */
async function idsOf(scene: Scene, of: string): Promise<Record<string, string | null>> {
  const player = playerIn(scene.cast, of);
  const home = player.declared.identity === 'home' ? await readHomeIdentity(scene.stage, scene.vault) : null;
  const { deviceId } = home ?? player;
  const { pending } = stateOf(await scene.stage.operator().list(), deviceId);
  return { '<device>': deviceId, '<request>': pending?.requestId ?? null };
}
