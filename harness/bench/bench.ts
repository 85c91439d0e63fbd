import { cpus } from 'node:os';
import { processOutput } from '../report/terminal/output.ts';
import { measureBoot } from './boot.ts';
import { measureKnocks } from './knocks.ts';
import { openMeasuredRelease } from './measured-release.ts';
import { runCommand } from './process.ts';
import { measureSpread } from './spread.ts';

/**
 * `npm run bench [release]`: the cost of the harness compared with the cost of the gateway itself. Each ratio compares two measurements
 * that alternate within this run, because machines differ and drift. Exits with 1 if a figure exceeds its limit.
 */
type Figure = { what: string; value: number; limit: number; unit: string; how: string; better: 'lower' | 'higher' };

const release = process.argv[2] ?? '2026.4.1';
const output = processOutput();
const measured = await openMeasuredRelease(release, output);
const figures: Figure[] = [];
try {
  const boot = await measureBoot(measured, 5);
  figures.push({
    what: 'boot of a stage ÷ bare container with the same wait',
    value: boot.ratio,
    limit: 1.3,
    unit: '',
    how: `median of ${boot.pairs} pairs; ${boot.harnessMs} ms against ${boot.bareMs} ms`,
    better: 'lower',
  });
  const knocks = await measureKnocks(measured);
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
  await measured.bed.close();
}

const { run, effort, checks, busyShare } = await runCommand(['matrix', '--gateway', release]);
figures.push({
  what: 'wall time of a whole run ÷ its longest chain of boots',
  value: run.wallMs / effort.longestChainMs,
  limit: 2,
  unit: '',
  how: `${run.wallMs} ms, ${effort.boots} boots, longest chain ${effort.longestChainMs} ms`,
  better: 'lower',
});
figures.push({
  what: 'wall time of that run ÷ (processor time ÷ cores)',
  value: 1 / busyShare,
  limit: 1.3,
  unit: '',
  how: `${cpus().length} cores were busy ${Math.round(100 * busyShare)} % of it`,
  better: 'lower',
});
figures.push({
  what: 'boots for 100 checks',
  value: (100 * effort.boots) / checks.length,
  limit: 12,
  unit: '',
  how: `${effort.boots} boots for ${checks.length} checks`,
  better: 'lower',
});
figures.push({
  what: 'peak memory of the harness in that run',
  value: effort.peakMemoryBytes / 1024 ** 2,
  limit: 250,
  unit: ' MB',
  how: 'resident set of its process, sampled four times a second',
  better: 'lower',
});

const spread = await measureSpread(release, measured.image.tag);
const ofWhole = (what: string, ms: number, limit: number): Figure => ({
  what: `${what} ÷ the whole gate`,
  value: ms / spread.whole,
  limit,
  unit: '',
  how: `${ms} ms against ${spread.whole} ms, one command after the other`,
  better: 'lower',
});
figures.push(ofWhole('a gate with a stored base', spread.withStoredBase, 0.75));
figures.push(ofWhole('the longest of 2 shards', spread.ofTwo, 0.75));
figures.push(ofWhole('the longest of 4 shards', spread.ofFour, 0.5));
figures.push({
  what: 'checks on which 4 merged shards and the whole gate differ',
  value: spread.mergedDiffer,
  limit: 0,
  unit: '',
  how: 'by gateway, id and verdict',
  better: 'lower',
});

const holdsLimit = ({ value, limit, better }: Figure): boolean =>
  better === 'lower' ? value <= limit : value >= limit;
output.say(`\nopenclaw ${release}`);
for (const figure of figures) {
  const { what, value, limit, unit, how, better } = figure;
  const holds = holdsLimit(figure);
  const bound = better === 'lower' ? 'at most' : 'at least';
  output.say(`${holds ? 'ok  ' : 'OVER'} ${what}: ${value.toFixed(2)}${unit} (${bound} ${limit}${unit})\n     ${how}`);
}
process.exit(figures.every(holdsLimit) ? 0 : 1);
