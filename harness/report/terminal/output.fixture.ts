import { PassThrough } from 'node:stream';
import { type Output, openOutput, type Streams } from './output.ts';

/** An output in memory. `told` gives the text that was written to both streams since its last call. */
export function keptOutput(over: Partial<Streams> = {}): { output: Output; told(): string; out: PassThrough } {
  const out = new PassThrough();
  const output = openOutput({ out, err: out, tty: false, columns: 80, color: false, actions: false, ...over });
  return { output, told: () => String(out.read() ?? ''), out };
}
