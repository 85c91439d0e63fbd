import { createHash } from 'node:crypto';
import { finished, Writable } from 'node:stream';
import { OUTPUT_BYTES } from '../../limits.ts';
import { inTime } from '../../within-time.ts';
import type { Engine } from './engine.ts';

/** Exit code and outputs of a program in a container. An output longer than OUTPUT_BYTES is cut, with a note of its length and SHA-256. */
export type ExecResult = { exitCode: number; stdout: string; stderr: string };

/** The program to run in a container, with its arguments and environment variables. */
export type ExecRequest = {
  docker: Engine['docker'];
  container: string;
  argv: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** Time limit in milliseconds for the program and the engine together. */
  withinMs: number;
};

/**
 * Runs a program in a running container, and reads its outputs. Throws EnvironmentError if it does not end within the time limit, even
 * if the engine is the cause. Passes on errors of the engine if the program cannot be started.
 */
export async function execIn({ docker, container, argv, environment, withinMs }: ExecRequest): Promise<ExecResult> {
  const exec = await docker.getContainer(container).exec({
    Cmd: [...argv],
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: false });
  const [stdout, stderr] = [createOutput(), createOutput()];
  docker.modem.demuxStream(stream, stdout.sink, stderr.sink);
  try {
    await inTime(ended(stream), withinMs, `\`${argv.slice(0, 6).join(' ')}\` in a container`);
  } finally {
    stream.destroy();
  }
  const { ExitCode: exitCode } = await exec.inspect();
  return { exitCode: exitCode ?? -1, stdout: stdout.text(), stderr: stderr.text() };
}

function ended(stream: NodeJS.ReadWriteStream): Promise<void> {
  return new Promise((resolve) => finished(stream, { writable: false }, () => resolve()));
}

/** Creates a sink that keeps the first `most` bytes of an output, and counts and hashes all of it. `text` returns what it kept. */
export function createOutput(most = OUTPUT_BYTES): { sink: Writable; text(): string } {
  const kept: Buffer[] = [];
  const hash = createHash('sha256');
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      // Copies the bytes: a chunk is a slice of a larger packet, which a reference would keep in memory.
      if (bytes < most) kept.push(Buffer.from(chunk.subarray(0, most - bytes)));
      bytes += chunk.length;
      hash.update(chunk);
      done();
    },
  });
  return {
    sink,
    text() {
      const text = Buffer.concat(kept).toString('utf8');
      return bytes <= most ? text : `${text} … (cut: ${bytes} bytes, SHA-256 ${hash.copy().digest('hex')})`;
    },
  };
}
