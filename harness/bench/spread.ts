import { type Finished, runCommand } from './process.ts';

/** The scenarios that are played: two classes whose scenarios mostly share boots, and some that need stages of their own. */
const SAMPLE = ['--only', 'advisories/*', '--only', 'bootstrap/*'];

/** Each command plays in the same order. */
const SEED = ['--seed', '20261121'];

/**
 * Plays a gate of a release with itself, under its version and under the name of its `image`, whole, with a stored base, and in 2 and 4 shards, one command
 * after the other. Gives the wall times in milliseconds; of the shards, that of the one that takes longest, as if each had a machine of its own.
 * `mergedDiffer`: how many checks of the whole gate the four shards, merged, do not have with the same verdict, and the other way round.
 */
export async function measureSpread(release: string, image: string) {
  const gate = ['gate', '--head', `image:${image}`, '--table', 'none', ...SAMPLE];
  const bothPlayed = ['--base', release, ...SEED];
  const whole = await runCommand([...gate, ...bothPlayed]);
  const stored = await runCommand(['run', '--gateway', release, ...SAMPLE, ...SEED]);
  const withStoredBase = await runCommand([...gate, '--base-report', stored.folder]);
  const inShards = async (of: number): Promise<Finished[]> => {
    const shards: Finished[] = [];
    for (let index = 1; index <= of; index += 1)
      shards.push(await runCommand([...gate, ...bothPlayed, '--shard', `${index}/${of}`]));
    return shards;
  };
  const [two, four] = [await inShards(2), await inShards(4)];
  const merged = await runCommand(['merge', ...four.map(({ folder }) => folder)]);
  return {
    whole: whole.run.wallMs,
    withStoredBase: withStoredBase.run.wallMs,
    ofTwo: longest(two),
    ofFour: longest(four),
    mergedDiffer: verdicts(merged).symmetricDifference(verdicts(whole)).size,
  };
}

const longest = (shards: readonly Finished[]): number => Math.max(...shards.map(({ run }) => run.wallMs));

const verdicts = ({ checks }: Finished): Set<string> =>
  new Set(checks.map(({ gateway, id, verdict }) => [gateway, id, verdict].join(' ')));
