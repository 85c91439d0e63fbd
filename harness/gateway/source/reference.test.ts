import { describe, expect, test } from 'vitest';
import { parseReference, resolveReference } from './reference.ts';

describe('a gateway reference', () => {
  test.each([
    ['latest', { kind: 'npm', spec: 'latest' }],
    ['2026.4.1', { kind: 'version', version: '2026.4.1' }],
    ['2026.2.6-3', { kind: 'version', version: '2026.2.6-3' }],
    ['2026.4.29-beta.4', { kind: 'version', version: '2026.4.29-beta.4' }],
    ['npm:openclaw@2026.4.1', { kind: 'version', version: '2026.4.1' }],
    ['npm:openclaw@beta', { kind: 'npm', spec: 'beta' }],
    ['npm:openclaw@>=2026.3.1 <2026.4.0', { kind: 'npm', spec: '>=2026.3.1 <2026.4.0' }],
    ['./pr.tgz', { kind: 'tarball', path: '/project/pr.tgz' }],
    ['/abs/openclaw.tar.gz', { kind: 'tarball', path: '/abs/openclaw.tar.gz' }],
    ['dir:../openclaw', { kind: 'directory', path: '/openclaw' }],
    ['artifact:./package-under-test', { kind: 'candidate', path: '/project/package-under-test' }],
    ['image:ghcr.io/openclaw/openclaw:2026.4.1', { kind: 'image', name: 'ghcr.io/openclaw/openclaw:2026.4.1' }],
    ['image:openclaw@sha256:0123abcd', { kind: 'image', name: 'openclaw@sha256:0123abcd' }],
  ])('%s', (text, expected) => {
    expect(parseReference(text, '/project')).toEqual({ ...expected, text });
  });

  test.each([
    ['', 'it has none of the known forms', /^A gateway reference is one of: latest, /],
    ['foo bar', 'it has none of the known forms', /^A gateway reference is one of: latest, /],
    ['v2026.4.1', 'a version must be written without a prefix or suffix', /^Write 2026\.4\.1\.$/],
    ['2026.4', 'a range or a tag needs the name of the package', /^Write npm:openclaw@2026\.4\.$/],
    ['^2026.4.0', 'a range or a tag needs the name of the package', /^Write npm:openclaw@\^2026\.4\.0\.$/],
    ['beta', 'a range or a tag needs the name of the package', /^Write npm:openclaw@beta\.$/],
    ['npm:', 'npm: must be followed by openclaw@ and a version, range or tag', /^A gateway reference/],
    ['npm:left-pad@1.0.0', 'npm: must be followed by openclaw@ and a version, range or tag', /^A gateway reference/],
    ['npm:openclaw@git+ssh://host/x', '"git+ssh://host/x" is not a version, range or tag', /^A gateway reference/],
    ['npm:openclaw@file:../x', '"file:../x" is not a version, range or tag', /^A gateway reference/],
    ['image:', 'image: must be followed by the name of an image', /^A gateway reference/],
    ['image:a b', 'image: must be followed by the name of an image', /^A gateway reference/],
    ['image:--privileged', 'image: must be followed by the name of an image', /^A gateway reference/],
    ['artifact:', 'artifact: must be followed by a folder', /^A gateway reference/],
    ['dir:', 'dir: must be followed by a folder', /^A gateway reference/],
  ])('"%s" is refused: %s', (text, why, next) => {
    const act = (): unknown => parseReference(text, '/project');
    expect(act).toThrow(
      expect.objectContaining({ name: 'UsageError', message: `"${text}" is not a gateway reference: ${why}.` }),
    );
    expect(act).toThrow(expect.objectContaining({ next: expect.stringMatching(next), exitCode: 2 }));
  });

  test('an image reference is resolved without the registry or the engine', async () => {
    const noWorkshop = async (): Promise<never> => expect.fail('an image is not packed');
    expect(await resolveReference({ kind: 'image', text: 'image:a:1', name: 'a:1' }, noWorkshop)).toEqual({
      kind: 'image',
      reference: 'image:a:1',
      name: 'a:1',
    });
  });
});
