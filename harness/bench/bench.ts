import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runSuite } from '../suite/run.ts';
import { measureBoot } from './boot.ts';
import { measureKnocks } from './knocks.ts';
import { openLaboratory } from './laboratory.ts';

/**
 * `npm run bench [release]`: what the harness adds to what the gateway costs anyway. Every figure is a ratio taken within
 * this run, its two sides in turn, for machines differ and drift. Exits 1 when a limit is passed.
 */
type Figure = { what: string; value: number; limit: number; unit: string; how: string; better: 'lower' | 'higher' };

const release = process.argv[2] ?? '2026.4.1';
const laboratory = await openLaboratory(release);
const figures: Figure[] = [];
try {
  const boot = await measureBoot(laboratory, 5);
  figures.push({
    what: 'boot of a stage ÷ bare container with the same wait',
    value: boot.ratio,
    limit: 1.3,
    unit: '',
    how: `median of ${boot.pairs} pairs; ${boot.harnessMs} ms against ${boot.bareMs} ms`,
    better: 'lower',
  });
  const knocks = await measureKnocks(laboratory);
  figures.push({
    what: 'knocks per second ÷ a minimal ws loop',
    value: knocks.ratio,
    limit: 0.85,
    unit: '',
    how: `median of ${knocks.rounds} rounds; ${knocks.perSecond} against ${knocks.minimalPerSecond} per second`,
    better: 'higher',
  });
  figures.push({
    what: 'growth of memory from knock 200 to knock 1,000',
    value: knocks.growthMb,
    limit: 20,
    unit: ' MB',
    how: 'heap and buffers after a full collection',
    better: 'lower',
  });
} finally {
  await laboratory.close();
}

const reports = await mkdtemp(path.join(tmpdir(), 'postern-bench-'));
const { folder } = await runSuite({
  purpose: 'matrix',
  gateways: [release],
  selection: { only: [], classes: [], tags: [] },
  reports,
  keep: false,
  whileKept: async () => {},
  command: 'npm run bench',
  out: process.stdout,
});
const report: { run: { wallMs: number }; effort: { longestChainMs: number; peakMemoryBytes: number; boots: number } } =
  JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));
figures.push({
  what: 'wall time of a whole run ÷ its longest chain of boots',
  value: report.run.wallMs / report.effort.longestChainMs,
  limit: 2,
  unit: '',
  how: `${report.run.wallMs} ms, ${report.effort.boots} boots, longest chain ${report.effort.longestChainMs} ms`,
  better: 'lower',
});
figures.push({
  what: 'peak memory of the harness in that run',
  value: report.effort.peakMemoryBytes / 1024 ** 2,
  limit: 250,
  unit: ' MB',
  how: 'resident set of the one process, sampled four times a second; this process had run the other benchmarks before',
  better: 'lower',
});

let isOver = false;
process.stdout.write(`\nopenclaw ${release}\n`);
for (const { what, value, limit, unit, how, better } of figures) {
  const holds = better === 'lower' ? value <= limit : value >= limit;
  isOver ||= !holds;
  const bound = better === 'lower' ? 'at most' : 'at least';
  process.stdout.write(
    `${holds ? 'ok  ' : 'OVER'} ${what}: ${value.toFixed(2)}${unit} (${bound} ${limit}${unit})\n     ${how}\n`,
  );
}
process.exit(isOver ? 1 : 0);
