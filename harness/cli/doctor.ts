import type { Command } from 'commander';
import { npm } from '../gateway/engine/npm.ts';
import { NPM_VERSION_SECONDS } from '../limits.ts';
import type { Output } from '../report/terminal/output.ts';
import { IS_CHECKOUT, ROOT } from '../root.ts';
import { posternVersion } from '../version.ts';

/** In bytes. The installed tree of a release takes up to 1.6 GB, and its build as much again. */
const ROOM_FOR_ONE_GATEWAY = 4e9;

/**
 * Adds `postern doctor`, which prints Postern, Node, npm, engine, free disk, images and containers, and changes nothing. Throws EnvironmentError
 * that says what is missing and what to do.
 */
export function addDoctor(program: Command, output: Output): void {
  program
    .command('doctor')
    .description('Check Node, npm, the engine and its disk, and list the images and containers of Postern.')
    .addHelpText('after', '\nExample:\n  postern doctor')
    .action(async () => {
      const { connectEngine, freeBytes } = await import('../gateway/engine/engine.ts'); // only this command needs it
      const say = (label: string, text: string): void => {
        output.say(`${label.padEnd(10)} ${text}`);
      };
      say('postern', `${posternVersion()}, ${IS_CHECKOUT ? 'a checkout' : 'installed'} in ${ROOT}`);
      say('node', `${process.version} at ${process.execPath}`);
      const version = await npm(['--version'], NPM_VERSION_SECONDS);
      say('npm', version.ok ? version.stdout.trim() : `does not run: ${version.reason}`);
      const engine = await connectEngine();
      say(
        'engine',
        `${engine.kind} ${engine.version} (API ${engine.apiVersion}, ${engine.storageDriver}) at ${engine.url}, on ${engine.os}`,
      );
      const free = await freeBytes(engine);
      say(
        'disk',
        free === undefined
          ? 'the free space of the engine cannot be read from this machine'
          : `${(free / 1e9).toFixed(1)} GB free in ${engine.rootDir}${free < ROOM_FOR_ONE_GATEWAY ? ': too little for a gateway image' : ''}`,
      );
      const images = await engine.docker.listImages({ filters: { label: ['postern=image'] } });
      const tags = images
        .flatMap((image) => image.RepoTags ?? [])
        .filter((tag) => !tag.startsWith('postern/tree:'))
        .sort();
      say(
        'images',
        tags.length === 0
          ? 'none yet: the first run builds a base, a helper and one image per gateway'
          : tags.join(', '),
      );
      const left = await engine.docker.listContainers({ all: true, filters: { label: ['postern.run'] } });
      say(
        'containers',
        left.length === 0
          ? 'none of Postern'
          : `${left.length} of Postern: either a run is in progress, or the next run removes them`,
      );
    });
}
