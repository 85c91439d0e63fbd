import { createHash } from 'node:crypto';
import { finished, Writable } from 'node:stream';
import { inTime } from '../deadline.ts';
import { OUTPUT_BYTES } from '../limits.ts';
import type { Engine } from './engine.ts';

/** How a program in a container ended. Longer outputs are cut, with a note of their length and SHA-256. */
export type ExecResult = { exitCode: number; stdout: string; stderr: string };

export type ExecRequest = {
  docker: Engine['docker'];
  container: string;
  argv: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** The program and the engine together may take this long, in milliseconds. */
  withinMs: number;
};

/**
 * Runs a program in a container that is up, and reads what it prints. Throws EnvironmentError where it does not end in time, whoever
 * keeps it, and what the engine says where it cannot be run.
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

/** Keeps the beginning of an output, and counts and hashes all of it. */
export function createOutput(most = OUTPUT_BYTES): { sink: Writable; text(): string } {
  const kept: Buffer[] = [];
  const hash = createHash('sha256');
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      // What the engine sends is cut out of its packets, which would all stay.
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
