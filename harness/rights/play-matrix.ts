import { atMost } from '../at-most.ts';
import { messageOf } from '../exit.ts';
import type { ShippedMethods } from '../gateway/image/shipped-methods.ts';
import { CALLERS_AT_ONCE } from '../limits.ts';
import type { Order } from '../order.ts';
import { OPERATOR_SCOPES } from '../scenario/schema/scopes.ts';
import type { CallAnswer } from './call-answer.ts';
import { callRows } from './call-rows.ts';
import { CALLERS, type Caller } from './callers.ts';
import { expectedOf } from './expected.ts';
import { callOverHttp, methodsOverHttp } from './http-calls.ts';
import { type MadeCaller, type Making, makeCaller } from './make-caller.ts';
import { isOverHttp, type Matrix, nameOfRow } from './matrix.ts';
import { alwaysHasEffect, endsSessions } from './methods-with-effect.ts';
import { type RowToPlay, rowsOf } from './rows.ts';
import { effectsBetween, readState } from './state.ts';

/** A device that no caller has, about which callers without the right make calls. */
const BYSTANDER: Caller = {
  id: 'bystander',
  place: 'remote',
  admission: 'paired',
  role: 'operator',
  asks: ['operator.read'],
};

/** What a matrix is played with: the stage, the release whose rules count, what its package ships, the order of the calls, and what is told between two callers. */
type MatrixPlay = Making & { version: string; shipped: ShippedMethods; order: Order; told(calls: number): void };

/**
 * Plays who may call what on a stage that is removed afterwards. First all callers are made and the state is read; then every call is made
 * that can have no effect, and the state is read again; last come the methods with an effect, by callers with the right to call them.
 * Throws EnvironmentError if the pairing list cannot be read or the engine fails.
 */
export async function playMatrix(play: MatrixPlay): Promise<Matrix> {
  const { stage, version, shipped, order } = play;
  const known = [...OPERATOR_SCOPES, ...shipped.scopes];
  const made: MadeCaller[] = [];
  const bystander = await makeCaller(play, BYSTANDER, known);
  await atMost(CALLERS_AT_ONCE, order.shuffled(CALLERS), async (caller) => {
    made.push(await makeCaller(play, caller, known));
  });
  const advertised = [...new Set(made.flatMap((each) => each.advertised))];
  const rows = rowsOf(advertised, shipped, await methodsOverHttp(stage, version));
  const operator = stage.operator();
  const before = await readState(operator);
  const about = { bystander: bystander.deviceId ?? '', configHash: before.configHash ?? '' };

  const answers = new Map<string, Record<string, CallAnswer>>(rows.map(({ row }) => [nameOfRow(row), {}]));
  const make = async (which: (each: RowToPlay, caller: MadeCaller) => boolean): Promise<void> => {
    await atMost(CALLERS_AT_ONCE, order.shuffled(made), async (each) => {
      if (each.state.kind !== 'admitted') return;
      const mine = order.shuffled(rows.filter((row) => which(row, each)));
      const [overHttp, overSocket] = [
        mine.filter(({ row }) => isOverHttp(row)),
        mine.filter(({ row }) => !isOverHttp(row)),
      ];
      const ends = await Promise.all([callRows(each, overSocket, about), callOverHttp(stage, each, overHttp)]);
      for (const [name, answer] of ends.flatMap((some) => Object.entries(some)))
        Object.assign(answers.get(name) ?? {}, { [each.caller.id]: answer });
      play.told(mine.length);
    });
  };
  await make((row, each) => isWithoutEffect(row, version) || !mayHaveRight(row, each));
  const ours = new Set(made.filter(({ caller }) => caller.place === 'local').flatMap(({ deviceId }) => deviceId ?? []));
  const devices = { kept: new Set([about.bystander]), ignored: ours };
  const effects = await readState(operator).then(
    (after) => effectsBetween(before, after, devices),
    (error) => [{ part: 'the gateway', before: 'answers its operator', after: messageOf(error) }],
  );
  const isLast = (row: RowToPlay): boolean =>
    !isWithoutEffect(row, version) && row.own?.harmless !== null && !endsSessions(row.row.method, version);
  await make((row, each) => isLast(row) && mayHaveRight(row, each));
  return {
    version,
    callers: Object.fromEntries(made.map(({ caller, state }) => [caller.id, state])),
    rows: rows.map(({ row }) => ({ ...row, answers: answers.get(nameOfRow(row)) ?? {} })),
    effects,
  };
}

const isWithoutEffect = ({ row, own }: RowToPlay, version: string): boolean =>
  own === null ? !alwaysHasEffect(row.method, version) : own.harmless !== null;

/** Whether the caller may have the right to the call, so that it must not be made while the state is watched. */
function mayHaveRight({ row }: RowToPlay, { state }: MadeCaller): boolean {
  return state.kind !== 'admitted' || expectedOf(state, row) !== 'may-not';
}
