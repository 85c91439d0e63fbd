import { z } from 'zod';
import { EnvironmentError } from '../../exit.ts';
import { IMAGE_CHECK_MS } from '../../limits.ts';
import { releaseIn } from '../../scenario/releases/range.ts';
import { IMAGE_LABEL } from '../engine/build.ts';
import { type Engine, engineMessage } from '../engine/engine.ts';
import { isolated } from '../engine/isolated.ts';

const exitSchema = z.object({ StatusCode: z.number() });

function noGateway(name: string, why: string): EnvironmentError {
  return new EnvironmentError(
    `The image ${name} is not a gateway: ${why}.`,
    'It needs an `openclaw` command on its PATH. To see the output that Postern gets, run `docker run --rm --network none --entrypoint openclaw <image> --version`.',
  );
}

/**
 * Runs `openclaw --version` of an image that Postern did not build, in a container without a network or capabilities. Returns the version
 * that it prints. Throws EnvironmentError if the image has no such command, or the command fails, prints no version, or takes longer
 * than a minute.
 */
export async function requireOpenclaw(engine: Engine, name: string, id: string): Promise<string> {
  const container = await engine.docker.createContainer({
    Image: id,
    Entrypoint: ['openclaw'],
    Cmd: ['--version'],
    Labels: IMAGE_LABEL,
    NetworkDisabled: true,
    HostConfig: isolated(1024 ** 3, 256),
  });
  try {
    try {
      await container.start();
    } catch (error) {
      throw noGateway(name, `\`openclaw\` does not start (${engineMessage(error)})`);
    }
    const limit = AbortSignal.timeout(IMAGE_CHECK_MS);
    const exit = await container.wait({ abortSignal: limit }).catch((error: unknown) => {
      if (limit.aborted) throw noGateway(name, `\`openclaw --version\` took longer than ${IMAGE_CHECK_MS / 1000} s`);
      throw error;
    });
    const { StatusCode } = exitSchema.parse(exit);
    if (StatusCode !== 0) throw noGateway(name, `\`openclaw --version\` ended with ${StatusCode}`);
    const printed = (await container.logs({ stdout: true, stderr: false })).toString('utf8');
    const version = releaseIn(printed);
    if (version === null) throw noGateway(name, '`openclaw --version` prints no version');
    return version;
  } finally {
    await container.remove({ force: true, v: true });
  }
}
