import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EnvironmentError } from '../exit.ts';

const run = promisify(execFile);

export type NpmResult = { ok: true; stdout: string } | { ok: false; reason: string };

/** The lines in which npm says what went wrong, without its advice about log files. */
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
 * Runs the machine's own npm, with its configuration: registry, authorities, proxy and tokens are the user's.
 * Gives stdout, or what npm said about its failure. Throws EnvironmentError where npm is absent or takes longer than `seconds`.
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
      throw new EnvironmentError(
        `\`${command}\` could not start: there is no npm on PATH.`,
        'Install npm beside Node.',
      );
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
