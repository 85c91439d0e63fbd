import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url));

/** How a run of the command ended: its exit code and output. */
export type Ended = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

/** The command as a child process. `main` is the command of another tree, `cwd` the folder it runs in; `env` is added to the environment of this process. */
export function startPostern(
  argv: readonly string[],
  { main = MAIN, env = {}, cwd = process.cwd() }: { main?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): { child: ChildProcess; ended: Promise<Ended>; said(words: string): Promise<void> } {
  const child = spawn(process.execPath, [main, ...argv], {
    // Without the variables of GitHub Actions, because the tests themselves may run there.
    env: { ...process.env, GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '', GITHUB_OUTPUT: '', NO_COLOR: '1', ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  /** Settles when stdout has the words; rejects with the whole output if the process ends without them. */
  const said = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(words)) resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`it ended without "${words}":\n${stdout}\n${stderr}`)));
    });
  return { child, ended, said };
}

/** Runs the command to its end. */
export function postern(argv: readonly string[], options?: Parameters<typeof startPostern>[1]): Promise<Ended> {
  return startPostern(argv, options).ended;
}
