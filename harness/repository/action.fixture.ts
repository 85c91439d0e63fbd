import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../root.ts';

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().default('') })),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({
    steps: z.array(
      z.object({
        id: z.string().optional(),
        run: z.string().optional(),
        env: z.record(z.string(), z.string()).default({}),
      }),
    ),
  }),
});

/** How a rehearsed job ended: the exit code of its first failed script or 0, the outputs of the action, the summary, and the log. */
export type Rehearsed = { exitCode: number; outputs: Record<string, string>; summary: string; log: string };

/**
 * Runs the scripts of action.yml one after the other, as GitHub's runner does: `bash -eo pipefail`, inputs and contexts filled into `env`, and the
 * files of outputs and summary. Scripts after a failed one do not run. `actionPath` is the folder in which the action finds itself.
 */
export async function rehearseAction(
  inputs: Readonly<Record<string, string>>,
  actionPath: string = ROOT,
): Promise<Rehearsed> {
  const action = actionSchema.parse(parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')));
  const temp = mkdtempSync(path.join(tmpdir(), 'postern-action-'));
  const [workspace, output, summary, script] = ['workspace', 'output', 'summary', 'script.sh'].map((name) =>
    path.join(temp, name),
  );
  if (workspace === undefined || output === undefined || summary === undefined || script === undefined)
    throw new Error('four paths are named');
  mkdirSync(workspace);
  for (const file of [output, summary]) writeFileSync(file, '');
  const defaults = Object.entries(action.inputs).map(([name, { default: value }]) => [`inputs.${name}`, value]);
  const given = Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]);
  const values: Record<string, string> = {
    ...Object.fromEntries([...defaults, ...given]),
    'github.action_path': actionPath,
    'runner.temp': temp,
  };
  const filled = (text: string): string =>
    text.replace(/\$\{\{ ([\w.-]+)(?: \|\| '([^']*)')? \}\}/g, (_whole, name: string, other: string = '') => {
      const value = values[name] ?? '';
      return value === '' ? other : value;
    });

  let exitCode = 0;
  let log = '';
  for (const { run, env } of action.runs.steps) {
    if (run === undefined || exitCode !== 0) continue;
    writeFileSync(script, run);
    const variables = Object.entries(env).map(([name, text]) => [name, filled(text)]);
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...Object.fromEntries(variables),
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: temp,
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    const [status] = await once(child, 'close');
    exitCode = typeof status === 'number' ? status : 1;
  }
  for (const line of readFileSync(output, 'utf8').split('\n')) {
    const [, name = '', value = ''] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
    values[`steps.gate.outputs.${name}`] = value;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value)]);
  return { exitCode, outputs: Object.fromEntries(outputs), summary: readFileSync(summary, 'utf8'), log };
}
