import { Readable } from 'node:stream';
import type { StartedTestContainer } from 'testcontainers';
import { EnvironmentError } from '../../exit.ts';
import { FILE_PROGRAM_MS } from '../../limits.ts';
import type { Engine } from '../engine/engine.ts';
import { type ExecResult, execIn } from '../engine/exec.ts';
import { archiveOf, HOME } from '../home/gateway-home.ts';
import type { SharedSecrets } from '../home/shared-secrets.ts';
import type { StageHome } from './stage.ts';

/** Access to the files in ~/.openclaw of the current gateway container, which `gatewayNow` returns. StageHome describes the methods. */
export function createHomeFiles(
  docker: Engine['docker'],
  secrets: SharedSecrets,
  gatewayNow: () => StartedTestContainer,
): StageHome {
  // A path in the home may be of any kind, such as a pipe without a writer, so each program has a time limit.
  const run = (program: string[], paths: readonly string[]): Promise<ExecResult> => {
    const container = gatewayNow().getId();
    const argv = [...program, '--', ...paths.map((path) => `${HOME}/.openclaw/${path}`)];
    return execIn({ docker, container, argv, environment: {}, withinMs: FILE_PROGRAM_MS });
  };
  return {
    async read(path) {
      const result = await run(['cat'], [path]);
      return result.exitCode === 0 ? result.stdout : null;
    },
    async remove(paths) {
      const result = await run(['rm', '-rf'], paths);
      if (result.exitCode !== 0)
        throw new EnvironmentError(
          `files could not be removed: ${result.stderr}`,
          'Run the same command again with --keep, and inspect the home in the container of the gateway.',
        );
    },
    async put(files) {
      const put = Object.entries(secrets.renewedIn(files));
      const archive = await archiveOf(
        Object.fromEntries(put.map(([path, value]) => [`${HOME}/.openclaw/${path}`, JSON.stringify(value)])),
      );
      await gatewayNow().copyArchiveToContainer(Readable.from([archive]), '/');
    },
  };
}
