import { processOutput } from '../report/terminal/output.ts';
import { measureBoot } from './boot.ts';
import { measureKnocks } from './knocks.ts';
import { openMeasuredRelease } from './measured-release.ts';
import { measureRun } from './run.ts';

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

const whole = await measureRun(release);
figures.push({
  what: 'wall time of a whole run ÷ its longest chain of boots',
  value: whole.wallMs / whole.longestChainMs,
  limit: 2,
  unit: '',
  how: `${whole.wallMs} ms, ${whole.boots} boots, longest chain ${whole.longestChainMs} ms; ${whole.cores} cores were busy ${whole.busyPercent} % of it`,
  better: 'lower',
});
figures.push({
  what: 'peak memory of the harness in that run',
  value: whole.peakMemoryBytes / 1024 ** 2,
  limit: 250,
  unit: ' MB',
  how: 'resident set of its process, sampled four times a second',
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
