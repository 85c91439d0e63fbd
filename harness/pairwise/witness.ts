import { randomBytes } from 'node:crypto';
import { messageOf } from '../exit.ts';
import type { Operator } from '../gateway/pairing/operator.ts';
import { type PairingList, stateOf } from '../gateway/pairing/pairing.ts';
import { needed, type Stage, type StageWith } from '../gateway/stage/stage.ts';
import { describeOutcome } from '../judge/describe.ts';
import { createMutex } from '../play/context.ts';
import { type PlayRequest, playSteps } from '../play/play.ts';
import type { StepRecord } from '../play/record.ts';
import { pairingRowsOf, type Rows } from '../play/steps/pairing-rows.ts';
import { redacted, redactedObservation } from '../results/redaction.ts';
import { type CommandResult, commandResultSchema, isShown } from '../scenario/schema/observation.ts';
import { describeCommandOutcome, isSameOutcome, outcomeOfCommand } from './command-outcome.ts';
import { type CommandSequence, type Decision, type SequenceStep, scenarioOf, urlOf } from './command-sequence.ts';
import type { Access } from './dimensions.ts';

/** One knock by the release's own command, and the same knock by a client of the harness (`ours`): both results, redacted. */
export type Witnessed = { turn: SequenceStep; command: CommandResult; ours: StepRecord };

/** The result of a command sequence: each of its knocks, or why the sequence could not be played. */
export type WitnessResult = { kind: 'played'; knocks: Witnessed[] } | { kind: 'lost'; why: string };

export type WitnessRequest = Omit<PlayRequest, 'scenario' | 'runExclusive'>;

/**
 * Plays a sequence of knocks with the release's own `openclaw` command, and then with a client of the harness. The harness reads from the
 * pairing list what the command asked for, and its client asks for the same. If the command left no row there, it showed no device, and the
 * client shows none either. `name` is a unique name for the command's home. Never rejects: a failure is a result of the kind `lost`.
 */
export async function witness(
  sequence: CommandSequence,
  name: string,
  request: WitnessRequest,
): Promise<WitnessResult> {
  try {
    const { commands, asked } = await playWithCommand(sequence, name, request.stage);
    for (const command of commands) {
      const heard = outcomeOfCommand(command);
      if (heard.kind === 'unread') return { kind: 'lost', why: `${command.argv.slice(0, 4).join(' ')}: ${heard.why}` };
    }
    const scenario = scenarioOf(sequence, asked);
    const records = await playSteps({ ...request, scenario, runExclusive: createMutex() });
    const ours = records.filter((_, index) => scenario.steps[index]?.kind === 'knock');
    const redact = (text: string): string => request.secretRegistry.redact(text);
    const knocks = sequence.turns.map((turn, index): Witnessed => {
      const [command, record] = [commands[index], ours[index]];
      if (command === undefined || record === undefined)
        throw new Error(`knock ${index + 1} of a command sequence was not played`);
      const heard = redacted(commandResultSchema, command, redact);
      const observation = redactedObservation(record.observation, redact);
      // What the command answered is evidence beside the answer to the client; a client without an answer has only its reason.
      const both = isShown(observation) ? { ...observation, command: heard } : observation;
      return { turn, command: heard, ours: { ...record, observation: both } };
    });
    return { kind: 'played', knocks };
  } catch (error) {
    return { kind: 'lost', why: messageOf(error) };
  }
}

/** Why the knock of the harness's client cannot be compared with that of the command; null if it can. */
export function whyNotComparable({ ours }: Witnessed): string | null {
  const { outcome, notCarriedOut } = ours.observation;
  if (outcome?.kind === 'admitted' || outcome?.kind === 'refused') return null;
  return `the knock of a client of the harness ended in ${notCarriedOut ?? outcome?.kind ?? 'nothing'}`;
}

/** Whether the gateway gave its own command and the harness's client the same answer. */
export function isAgreed({ command, ours }: Witnessed): boolean {
  return isSameOutcome(outcomeOfCommand(command), ours.observation.outcome);
}

/** A knock on which the two answers differ, in one line: route, secret, decision, and both answers. */
export function describeDisagreement({ turn, command, ours }: Witnessed): string {
  const { outcome } = ours.observation;
  const before = turn.after === null ? '' : ` after "${turn.after}"`;
  return `${turn.route}, ${turn.secret} secret${before}: its own command: ${describeCommandOutcome(outcomeOfCommand(command))}; a client of the harness: ${outcome === undefined ? 'not answered' : describeOutcome(outcome)}`;
}

/**
 * Two commands that make the same call, which needs a scope and changes nothing. From 2026.9 on, `cron list` creates a device key in its home,
 * and `gateway call` shows the key that is there and creates none.
 */
const COMMANDS: Record<SequenceStep['command'], readonly string[]> = {
  'cron list': ['cron', 'list'],
  'gateway call': ['gateway', 'call', 'cron.list'],
};

/** Plays the sequence with the command, and removes its device from the pairing list afterwards. */
async function playWithCommand(
  { turns }: CommandSequence,
  name: string,
  stage: StageWith<'command'> & Pick<Stage, 'operator' | 'token'>,
): Promise<{ commands: CommandResult[]; asked: Access | null }> {
  const operator = stage.operator();
  const before = pairingRowsOf(await operator.list());
  const commands: CommandResult[] = [];
  let device: (Access & { deviceId: string }) | null = null;
  for (const { route, secret, after, command: does } of turns) {
    if (after !== null && device !== null) await decide(operator, after, device.deviceId);
    const token = secret === 'right' ? stage.token : randomBytes(24).toString('hex');
    commands.push(
      await needed(
        stage,
        'command',
      )({
        argv: [...COMMANDS[does], '--url', urlOf(route), '--token', token, '--json'],
        place: route === 'loopback' ? 'sidecar' : 'peer',
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

/** The device of a new row in the pairing list, which is that of the command: no other client knocks at this time. */
function newDeviceIn(before: Rows, { paired, pending }: PairingList): (Access & { deviceId: string }) | null {
  const row =
    pending.find(({ requestId }) => !before.pending.has(requestId)) ??
    paired.find(({ deviceId }) => !before.paired.has(deviceId));
  return row === undefined ? null : { deviceId: row.deviceId, role: 'operator', scopes: row.scopes };
}

/** Decides about a device as the operator, if the pairing list has a row to decide about. */
async function decide(operator: Operator, decision: Decision, deviceId: string): Promise<void> {
  const { paired, pending } = stateOf(await operator.list(), deviceId);
  if (decision === 'remove') {
    if (paired !== null) await operator.call('device.pair.remove', { deviceId });
  } else if (pending !== null) await operator.call(`device.pair.${decision}`, { requestId: pending.requestId });
}
