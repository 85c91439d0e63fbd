import { BroadcastChannel } from 'node:worker_threads';
import { z } from 'zod';

/**
 * How test files and the run talk. Vitest runs the test files in a thread; the run, with its stages and verdicts, stays in the
 * main thread. A test asks for a check by id and gets its verdict as soon as there is one.
 */
const CHANNEL = 'postern';

const askSchema = z.strictObject({ kind: z.literal('ask'), session: z.string(), check: z.string() });
const tellSchema = z.strictObject({
  kind: z.literal('tell'),
  session: z.string(),
  check: z.string(),
  holds: z.boolean(),
  /** Not executed, for this reason. */
  skipped: z.string().nullable(),
  /** What a person reads where it does not hold. */
  message: z.string(),
  source: z.strictObject({ file: z.string(), line: z.number(), column: z.number() }),
});
export type Told = z.infer<typeof tellSchema>;

/** The main thread's end: answers every question with what `answer` gives for the check. */
export function answerOn(
  session: string,
  answer: (check: string) => Promise<Omit<Told, 'kind' | 'session' | 'check'>>,
): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event: unknown) => {
    const asked = askSchema.safeParse(dataOf(event));
    if (!asked.success || asked.data.session !== session) return;
    const { check } = asked.data;
    void answer(check).then((told) => channel.postMessage({ kind: 'tell', session, check, ...told } satisfies Told));
  };
  return () => channel.close();
}

/** A test's end: asks for one check and waits for its verdict. */
export function askFor(session: string, check: string): Promise<Told> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise((resolve) => {
    channel.onmessage = (event: unknown) => {
      const told = tellSchema.safeParse(dataOf(event));
      if (!told.success || told.data.session !== session || told.data.check !== check) return;
      channel.close();
      resolve(told.data);
    };
    channel.postMessage({ kind: 'ask', session, check });
  });
}

function dataOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'data' in event ? event.data : null;
}
