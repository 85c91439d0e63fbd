import { runCommand } from './process.ts';

/** The scenarios that are played: two classes whose scenarios mostly share boots, and some that need stages of their own. */
const SAMPLE = ['--only', 'advisories/*', '--only', 'bootstrap/*'];

/** Each command plays in the same order. */
const SEED = ['--seed', '20261121'];

/**
 * Plays a gate of a release with itself, under its version and under the name of its `image`, whole, with a stored base, and in 2 and 4 shards, one command
 * after the other. Gives the wall times in milliseconds; of the shards, that of the one that takes longest, as if each had a machine of its own.
 */
export async function measureSpread(release: string, image: string) {
  const gate = ['gate', '--head', `image:${image}`, '--table', 'none', ...SAMPLE];
  const wallOf = async (more: readonly string[]): Promise<number> => (await runCommand([...gate, ...more])).run.wallMs;
  const whole = await wallOf(['--base', release, ...SEED]);
  const stored = await runCommand(['run', '--gateway', release, ...SAMPLE, ...SEED]);
  const withStoredBase = await wallOf(['--base-report', stored.folder]);
  const longestOf = async (shards: number): Promise<number> => {
    let longest = 0;
    for (let index = 1; index <= shards; index += 1)
      longest = Math.max(longest, await wallOf(['--base', release, ...SEED, '--shard', `${index}/${shards}`]));
    return longest;
  };
  return { whole, withStoredBase, ofTwo: await longestOf(2), ofFour: await longestOf(4) };
}
