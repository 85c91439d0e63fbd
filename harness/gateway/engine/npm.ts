import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EnvironmentError } from '../../exit.ts';

const run = promisify(execFile);

/** Result of an npm command: its stdout, or the reason why it failed. */
export type NpmResult = { ok: true; stdout: string } | { ok: false; reason: string };

/** The error lines in npm's output, without their prefix and without the hint about its log file. */
export function npmErrorLines(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log of this run/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line !== '');
}

function textOf(error: object, stream: 'stdout' | 'stderr'): string {
  const value: unknown = Reflect.get(error, stream);
  return typeof value === 'string' ? value : '';
}

/**
 * Runs the machine's own npm with the user's configuration: registry, certificate authorities, proxy and tokens. Returns stdout, or npm's
 * error lines as `reason`. Throws EnvironmentError if npm is not installed or takes longer than `seconds`.
 */
export async function npm(args: readonly string[], seconds: number, cwd?: string): Promise<NpmResult> {
  try {
    const { stdout } = await run('npm', args, {
      ...(cwd === undefined ? {} : { cwd }),
      timeout: seconds * 1000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { ok: true, stdout };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const command = `npm ${args.join(' ')}`;
    if ('code' in error && error.code === 'ENOENT') {
      throw new EnvironmentError(`\`${command}\` could not start: there is no npm on PATH.`, 'Install npm with Node.');
    }
    if ('killed' in error && error.killed === true) {
      throw new EnvironmentError(
        `\`${command}\` gave no answer within ${seconds} s.`,
        'Check the network and `npm config get registry`.',
      );
    }
    const lines = npmErrorLines(textOf(error, 'stderr'));
    return { ok: false, reason: lines.length > 0 ? lines.slice(0, 6).join('; ') : error.message };
  }
}
