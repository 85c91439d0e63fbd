import type { Command } from 'commander';
import type { Engine } from '../gateway/engine/engine.ts';
import type { BuildTools } from '../gateway/source/checkout.ts';
import { MILESTONE_RELEASES } from '../gateway/source/milestone-releases.ts';
import type { Output } from '../report/terminal/output.ts';
import { ROOT } from '../root.ts';
import { releasesIn } from '../scenario/catalogue/booted-releases.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { repeatable } from './options.ts';

/** Adds `postern images`, which lists the images that Postern built for releases, and removes those that are not needed with --prune. */
export function addImages(program: Command, output: Output): void {
  program
    .command('images')
    .description('List the images that Postern built for releases; with --prune, remove those that are not played.')
    .option('--prune', 'remove the images of every release that is not kept', false)
    .addOption(repeatable('--gateway <reference>', 'with --prune: a release to keep', 'what `postern matrix` plays'))
    .addHelpText(
      'after',
      `
--prune also keeps the other releases that scenarios boot, and images that a container uses. It ignores images that Postern did not build. A run builds a removed image again when it needs it, which takes a minute or two.

Examples:
  postern images
  postern images --prune                                        keep what \`postern matrix\` plays
  postern images --prune --gateway latest --gateway 2026.4.1    keep these two`,
    )
    .action(async ({ prune, gateway }: { prune: boolean; gateway: string[] }) => {
      const needed = releasesIn(loadScenarios(ROOT).map(({ scenario }) => scenario));
      // Loading these modules takes a second; only this command needs them.
      const { parseReference } = await import('../gateway/source/reference.ts');
      for (const text of gateway) parseReference(text);
      const { connectEngine } = await import('../gateway/engine/engine.ts');
      const { builtReleases, bytesOf, removeBuilt } = await import('../gateway/image/built-images.ts');
      const engine = await connectEngine();
      const versions =
        gateway.length > 0
          ? await versionsOf(engine, gateway, output)
          : MILESTONE_RELEASES.map(({ version }) => version);
      for (const release of await builtReleases(engine)) {
        const isKept = !prune || versions.includes(release.version) || needed.has(release.version);
        output.say(
          `${release.version.padEnd(16)} ${(bytesOf(release) / 1e9).toFixed(1).padStart(4)} GB${isKept ? '' : ', will be removed'}`,
        );
        if (isKept) continue;
        for (const { tag, kept } of await removeBuilt(engine, [release]))
          output.say(kept === null ? `  removed ${tag}` : `  left ${tag}: ${kept}`);
      }
    });
}

/** The versions that references resolve to now. An `image:` reference gives none: Postern did not build that image. */
async function versionsOf(engine: Engine, references: readonly string[], { say }: Output): Promise<string[]> {
  const { parseReference, resolveReference } = await import('../gateway/source/reference.ts');
  const { ensureBase } = await import('../gateway/engine/base-image.ts');
  const buildTools = async (): Promise<BuildTools> => ({ engine, base: await ensureBase(engine, { say }) });
  const sources = await Promise.all(references.map((text) => resolveReference(parseReference(text), buildTools)));
  return sources.flatMap((source) => (source.kind === 'image' ? [] : [source.version]));
}
