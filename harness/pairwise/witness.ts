import { randomBytes } from 'node:crypto';
import { messageOf } from '../exit.ts';
import type { Operator } from '../gateway/operator.ts';
import { type PairingList, stateOf } from '../gateway/pairing.ts';
import { needed, type Stage } from '../gateway/stage.ts';
import { describeOutcome } from '../judge/describe.ts';
import { createMutex } from '../play/context.ts';
import { pairingRowsOf, type Rows } from '../play/pairing-rows.ts';
import { type PlayRequest, playSteps } from '../play/play.ts';
import type { StepRecord } from '../play/record.ts';
import { redactedObservation } from '../results/redaction.ts';
import type { CommandResult } from '../scenario/observation.ts';
import { agrees, describeCommandOutcome, outcomeOfCommand } from './command-outcome.ts';
import { type CommandSequence, type Decision, type SequenceStep, scenarioOf, urlOf } from './command-sequence.ts';
import type { Access } from './dimensions.ts';

/** One knock by the release's own command, and the same by us: what each showed, without secrets. */
export type Witnessed = { turn: SequenceStep; command: CommandResult; ours: StepRecord };

/** What became of a walk: every knock of it, or why it could not be walked. */
export type Testimony = { kind: 'walked'; knocks: Witnessed[] } | { kind: 'lost'; why: string };

export type WitnessRequest = Omit<PlayRequest, 'scenario' | 'runExclusive'>;

/**
 * Has the release's own `openclaw` command walk a walk, then a device of ours. What the command asked for is read from the pairing list,
 * and asked for by ours as well; one that left no row there showed no device, and neither does ours. `name` tells the homes of commands
 * apart. Never rejects: what failed is told.
 */
export async function witness(walk: CommandSequence, name: string, request: WitnessRequest): Promise<Testimony> {
  try {
    const { commands, asked } = await commandWalks(walk, name, request.stage);
    for (const command of commands) {
      const heard = outcomeOfCommand(command);
      if (heard.kind === 'unread') return { kind: 'lost', why: `${command.argv.slice(0, 4).join(' ')}: ${heard.why}` };
    }
    const scenario = scenarioOf(walk, asked);
    const records = await playSteps({ ...request, scenario, runExclusive: createMutex() });
    const ours = records.filter((_, index) => scenario.steps[index]?.kind === 'knock');
    const redact = (text: string): string => request.secretRegistry.redact(text);
    const knocks = walk.turns.map((turn, index): Witnessed => {
      const [command, record] = [commands[index], ours[index]];
      if (command === undefined || record === undefined) throw new Error(`turn ${index + 1} of a walk was not played`);
      const { observation } = record;
      const both = redactedObservation({ ...observation, command }, redact);
      return { turn, command: both.command ?? command, ours: { ...record, observation: both } };
    });
    return { kind: 'walked', knocks };
  } catch (error) {
    return { kind: 'lost', why: messageOf(error) };
  }
}

/** Why a knock of ours says nothing to hold the command's against; null where it does. */
export function unreadIn({ ours }: Witnessed): string | null {
  const { outcome, notCarriedOut } = ours.observation;
  if (outcome?.kind === 'admitted' || outcome?.kind === 'refused') return null;
  return `our own knock ended in ${notCarriedOut ?? outcome?.kind ?? 'nothing'}`;
}

/** Whether the gateway did the same with its own command and with us. */
export function isAgreed({ command, ours }: Witnessed): boolean {
  return agrees(outcomeOfCommand(command), ours.observation.outcome);
}

/** What the command was told, and we were not, in one line. */
export function sayDisagreement({ turn, command, ours }: Witnessed): string {
  const { outcome } = ours.observation;
  const before = turn.after === null ? '' : ` after "${turn.after}"`;
  return `${turn.door}, ${turn.secret} secret${before}: its own command was ${describeCommandOutcome(outcomeOfCommand(command))}, ours ${outcome === undefined ? 'not answered' : describeOutcome(outcome)}`;
}

/**
 * The same call, which needs a scope and changes nothing, by two commands: from 2026.9 on, that which is made for it gives its home a key,
 * and that which makes any call shows the key that is there and makes none.
 */
const COMMANDS: Record<SequenceStep['does'], readonly string[]> = {
  'cron list': ['cron', 'list'],
  'gateway call': ['gateway', 'call', 'cron.list'],
};

/** Walks with the command, and takes its device off the list again. */
async function commandWalks(
  { turns }: CommandSequence,
  name: string,
  stage: Stage,
): Promise<{ commands: CommandResult[]; asked: Access | null }> {
  const operator = stage.operator();
  const before = pairingRowsOf(await operator.list());
  const commands: CommandResult[] = [];
  let device: (Access & { deviceId: string }) | null = null;
  for (const { door, secret, after, does } of turns) {
    if (after !== null && device !== null) await decide(operator, after, device.deviceId);
    const token = secret === 'right' ? stage.token : randomBytes(24).toString('hex');
    commands.push(
      await needed(
        stage,
        'command',
      )({
        argv: [...COMMANDS[does], '--url', urlOf(door), '--token', token, '--json'],
        place: door === 'loopback' ? 'sidecar' : 'peer',
        home: 'own',
        owner: name,
        environment: {},
      }),
    );
    device ??= newDeviceIn(before, await operator.list());
  }
  if (device !== null) {
    await decide(operator, 'reject', device.deviceId);
    await decide(operator, 'remove', device.deviceId);
  }
  return { commands, asked: device };
}

/** The device of a row that was not there before: nobody else knocks meanwhile. */
function newDeviceIn(before: Rows, { paired, pending }: PairingList): (Access & { deviceId: string }) | null {
  const row =
    pending.find(({ requestId }) => !before.pending.has(requestId)) ??
    paired.find(({ deviceId }) => !before.paired.has(deviceId));
  return row === undefined ? null : { deviceId: row.deviceId, role: 'operator', scopes: row.scopes };
}

/** Decides about a device as the operator, where there is something to decide. */
async function decide(operator: Operator, decision: Decision, deviceId: string): Promise<void> {
  const { paired, pending } = stateOf(await operator.list(), deviceId);
  if (decision === 'remove') {
    if (paired !== null) await operator.call('device.pair.remove', { deviceId });
  } else if (pending !== null) await operator.call(`device.pair.${decision}`, { requestId: pending.requestId });
}
