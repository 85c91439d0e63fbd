import { z } from 'zod';
import { byText } from '../text/by-text.ts';
import { type CallAnswer, callAnswerSchema } from './call-answer.ts';

/** Where a method was found: in hello-ok, in a table of the package, or among those that plugins of the package register. */
const SOURCES = ['hello', 'table', 'plugin'] as const;
const sourceSchema = z.enum(SOURCES);

/** What is called: a method, with parameters that no method takes or (`given`) with parameters that decide who may call, or over HTTP. */
const rowSchema = z.strictObject({
  method: z.string(),
  /** The parameters in words, or OVER_HTTP; null for parameters that no method takes, over the WebSocket. */
  given: z.string().nullable(),
  found: z.array(sourceSchema),
  /** The scope that the release's own table has: a scope, `node` or `dynamic`; null if it has none. */
  declared: z.string().nullable(),
  /** All scopes that the call needs, by the table or by the source of the parameters; null if neither says. */
  needs: z.array(z.string()).nullable(),
});
export type Row = z.infer<typeof rowSchema>;

/** In place of parameters: the call is made over HTTP, with parameters that no method takes. */
export const OVER_HTTP = 'over HTTP';

/** Whether a row is called over HTTP, and not over the WebSocket. */
export const isOverHttp = ({ given }: Pick<Row, 'given'>): boolean => given === OVER_HTTP;

/** A row with the answer to each caller by id. A caller that was not called, or that does not exist here, has none. */
export type PlayedRow = Row & { answers: Readonly<Record<string, CallAnswer>> };

/** Whether a caller could be made. `holds`: the scopes that hello-ok grants. `refused`: the gateway did not admit it. */
export const callerStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('admitted'), role: z.string(), holds: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('refused'), why: z.string() }),
  z.strictObject({ kind: z.literal('unknown-scope'), scope: z.string() }),
  z.strictObject({ kind: z.literal('not-made'), why: z.string() }),
]);
export type CallerState = z.infer<typeof callerStateSchema>;

/** What changed on the gateway although no call could have had an effect: the part of its state, before and after. */
const effectSchema = z.strictObject({ part: z.string(), before: z.string(), after: z.string() });
export type Effect = z.infer<typeof effectSchema>;

/** Who may call what on one gateway. */
export type Matrix = {
  version: string;
  callers: Readonly<Record<string, CallerState>>;
  rows: readonly PlayedRow[];
  effects: readonly Effect[];
};

/** A matrix as it is stored: rows with the same answers together, because most of them are the same. */
export const storedMatrixSchema = z.strictObject({
  version: z.string(),
  callers: z.record(z.string(), callerStateSchema),
  effects: z.array(effectSchema),
  groups: z.array(
    z.strictObject({
      found: z.array(sourceSchema),
      declared: z.string().nullable(),
      needs: z.array(z.string()).nullable(),
      answers: z.array(z.strictObject({ answer: callAnswerSchema, callers: z.array(z.string()) })),
      /** Method names; with ` (…)` the parameters that were given. */
      rows: z.array(z.string()),
    }),
  ),
});
export type StoredMatrix = z.infer<typeof storedMatrixSchema>;

/** The name of a row: the method, and the parameters in parentheses if there are any. */
export const nameOfRow = ({ method, given }: Pick<Row, 'method' | 'given'>): string =>
  given === null ? method : `${method} (${given})`;

const ROW_NAME = /^(?<method>\S+)(?: \((?<given>.*)\))?$/s;

/** Groups the rows of a matrix. The result does not depend on the order of rows and callers. */
export function toStored({ version, callers, rows, effects }: Matrix): StoredMatrix {
  const sorted = rows.toSorted((a, b) => byText(nameOfRow(a), nameOfRow(b)));
  const groups = Map.groupBy(sorted, ({ found, declared, needs, answers }) =>
    JSON.stringify([found, declared, needs, Object.entries(answers).sort(([a], [b]) => byText(a, b))]),
  );
  return {
    version,
    callers: Object.fromEntries(Object.entries(callers).sort(([a], [b]) => byText(a, b))),
    effects: [...effects],
    groups: [...groups.values()].flatMap((same) =>
      same.slice(0, 1).map(({ found, declared, needs, answers }) => ({
        found,
        declared,
        needs,
        answers: byAnswer(answers),
        rows: same.map(nameOfRow),
      })),
    ),
  };
}

function byAnswer(answers: PlayedRow['answers']): StoredMatrix['groups'][number]['answers'] {
  const ids = Object.keys(answers).sort(byText);
  const same = Map.groupBy(ids, (id) => JSON.stringify(answers[id]));
  return [...same.values()].flatMap((callers) => {
    const answer = answers[callers[0] ?? ''];
    return answer === undefined ? [] : [{ answer, callers }];
  });
}

/** The matrix of a stored one, with its rows in the order of their names. */
export function fromStored({ version, callers, effects, groups }: StoredMatrix): Matrix {
  const rows = groups.flatMap(({ found, declared, needs, answers, rows: names }) => {
    const each = Object.fromEntries(answers.flatMap(({ answer, callers: ids }) => ids.map((id) => [id, answer])));
    return names.map((name): PlayedRow => {
      const { method = name, given } = ROW_NAME.exec(name)?.groups ?? {};
      return { method, given: given ?? null, found, declared, needs, answers: each };
    });
  });
  return { version, callers, effects, rows: rows.sort((a, b) => byText(nameOfRow(a), nameOfRow(b))) };
}
