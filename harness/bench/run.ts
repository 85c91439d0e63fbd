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
});

/**
 * Runs the whole suite on one release in a process of its own, as users do, and reads its report. `busyPercent` is the share of time in
 * which the cores of this machine were busy: near 100, only less work makes the run shorter.
 */
export async function measureRun(release: string) {
  const reports = await mkdtemp(path.join(tmpdir(), 'postern-bench-'));
  const argv = ['harness/cli/main.ts', 'matrix', '--gateway', release, '--reports', reports];
  const before = busyAndIdle();
  const child = spawn(process.execPath, argv, { cwd: ROOT, stdio: 'inherit' });
  await once(child, 'exit');
  const after = busyAndIdle();
  const { run, effort } = reportSchema.parse(
    JSON.parse(readFileSync(path.join(reports, 'latest', 'report.json'), 'utf8')),
  );
  const busy = after.busy - before.busy;
  const idle = after.idle - before.idle;
  return { ...run, ...effort, cores: cpus().length, busyPercent: Math.round((100 * busy) / (busy + idle)) };
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
