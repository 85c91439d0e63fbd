import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { tarballOf, versionOfCandidate } from './candidate.ts';

test.each(['dir:../openclaw', 'image:repo/openclaw:beta'])('%s has no version before it is built', async (text) => {
  await expect(versionOfCandidate(text)).rejects.toThrow(UsageError);
});

test.each(['2026.9.6', 'image:repo/openclaw:beta', './gone.tgz', 'artifact:./gone'])(
  '%s has no tarball here',
  async (text) => {
    expect(await tarballOf(text)).toBeNull();
  },
);
