import { describe, expect, test } from 'vitest';
import { chooseVersion } from './registry.ts';

const published = {
  tags: { latest: '2026.4.1', beta: '2026.4.3-beta.1' },
  versions: ['0.0.1', '2026.3.31', '2026.4.1', '2026.4.2', '2026.4.3-beta.1', '2026.4.12', '2026.4.20', '2026.5.2'],
};

describe('the published version for a spec', () => {
  test.each([
    ['a dist-tag', 'beta', '2026.4.3-beta.1'],
    ['the tag latest', 'latest', '2026.4.1'],
    ['an exact version', '2026.4.12', '2026.4.12'],
    ['a range takes latest where it may, as npm does', '~2026.4.0', '2026.4.1'],
    ['a range without latest takes the highest', '>2026.4.1', '2026.5.2'],
    ['a range with one match', '2026.3', '2026.3.31'],
  ])('%s', (_, spec, version) => {
    expect(chooseVersion(spec, published, spec)).toBe(version);
  });

  test.each([
    ['2026.4.18', '2026.4.1, 2026.4.2, 2026.4.3-beta.1, 2026.4.12, 2026.4.20, 2026.5.2'],
    ['2026.9.9', '2026.4.1, 2026.4.2, 2026.4.3-beta.1, 2026.4.12, 2026.4.20, 2026.5.2'],
    ['nightly', '2026.4.1, 2026.4.2, 2026.4.3-beta.1, 2026.4.12, 2026.4.20, 2026.5.2'],
    ['0.0.0', '0.0.1, 2026.3.31, 2026.4.1'],
  ])('%s is refused with the nearest versions', (spec, neighbours) => {
    const act = (): unknown => chooseVersion(spec, published, spec);
    expect(act).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: `"${spec}": no published version of openclaw matches "${spec}".`,
      }),
    );
    expect(act).toThrow(
      expect.objectContaining({ next: `The nearest published versions are ${neighbours}; tags: latest, beta.` }),
    );
  });

  test('a correction is listed after the release that it corrects, and a preview before', () => {
    const versions = ['2026.7.1-1', '2026.7.1-2', '2026.7.1-beta.6', '2026.7.1', '2026.7.33', '2026.8.1', '2026.8.2'];
    expect(() => chooseVersion('2026.7.1-3', { tags: {}, versions }, '2026.7.1-3')).toThrow(
      expect.objectContaining({
        next: 'The nearest published versions are 2026.7.1, 2026.7.1-1, 2026.7.1-2, 2026.7.33, 2026.8.1, 2026.8.2; tags: .',
      }),
    );
  });
});
