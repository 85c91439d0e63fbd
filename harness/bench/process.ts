import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '../root.ts';

const reportSchema = z.object({
  run: z.object({ wallMs: z.number() }),
  effort: z.object({ longestChainMs: z.number(), peakMemoryBytes: z.number(), boots: z.number() }),
  checks: z.array(z.object({ id: z.string(), gateway: z.string(), verdict: z.string() })),
});

/**
 * A finished command of Postern: its report folder, what its report says, and the share of its time in which the cores of this machine were busy,
 * from 0 to 1. Near 1, only less work makes it shorter.
 */
export type Finished = z.infer<typeof reportSchema> & { folder: string; busyShare: number };

/**
 * Runs a command of Postern that writes a report, in a process of its own, as users do, and reads its report. `argv` lacks --reports. Throws the errors of
 * `node:fs` and Zod if the command wrote no report.
 */
export async function runCommand(argv: readonly string[]): Promise<Finished> {
  const reports = await mkdtemp(path.join(tmpdir(), 'postern-bench-'));
  const before = busyAndIdle();
  const child = spawn(process.execPath, ['harness/cli/main.ts', ...argv, '--reports', reports], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  await once(child, 'exit');
  const after = busyAndIdle();
  const folder = path.join(reports, 'latest');
  const report = reportSchema.parse(JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')));
  const busy = after.busy - before.busy;
  return { ...report, folder, busyShare: busy / (busy + after.idle - before.idle) };
}

function busyAndIdle(): { busy: number; idle: number } {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, idle };
}
