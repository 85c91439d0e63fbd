import { EnvironmentError } from '../exit.ts';
import { type BootRequest, bootStage } from '../gateway/boot.ts';
import { connectEngine, type Engine } from '../gateway/engine.ts';
import { prepareGround } from '../gateway/ground.ts';
import { ensureImage } from '../gateway/image.ts';
import { createJournal } from '../gateway/journal.ts';
import { endLease, type Lease, takeLease } from '../gateway/lease.ts';
import { EVERY_DOOR } from '../gateway/proxies.ts';
import { whyNotReady } from '../gateway/ready.ts';
import { parseReference, resolveReference } from '../gateway/reference.ts';
import type { Stage } from '../gateway/stage.ts';
import type { Output } from '../report/output.ts';
import { PLAIN_GATEWAY } from '../scenario/scenario.ts';
import { createVault, type Vault } from '../secrets.ts';

/** What every measurement needs: the engine, one release, and stages of it on demand. */
export type Laboratory = {
  engine: Engine;
  lease: Lease;
  vault: Vault;
  image: string;
  /** The version that the image calls itself. */
  release: string;
  /** Boots a stage, with a minimal config and every door unless told otherwise; throws EnvironmentError where it does not get ready. */
  boot(id: string, over?: Partial<Pick<BootRequest, 'gateway' | 'doors'>>): Promise<Stage>;
  close(): Promise<void>;
};

/** Prepares images for whoever, by this name, is no suite; nothing is booted yet. */
export async function openLaboratory(release: string, out: Output, name = 'bench'): Promise<Laboratory> {
  const engine = await connectEngine();
  const { base, helperImage } = await prepareGround(engine, out.say);
  const image = await ensureImage(
    engine,
    await resolveReference(parseReference(release), async () => ({ engine, base })),
    { base, say: out.say },
  );
  const vault = createVault();
  out.clearWith(vault.redact);
  const lease = takeLease(`${name}-${process.pid}`);
  return {
    engine,
    lease,
    vault,
    image: image.tag,
    release: image.version,
    async boot(id, over = {}) {
      const request: BootRequest = {
        id,
        engine,
        lease,
        vault,
        helperImage,
        image,
        imageOf: async () => image,
        gateway: PLAIN_GATEWAY,
        doors: EVERY_DOOR,
        showsPages: false,
        browserImage: null,
        journal: createJournal(null, vault),
        logFileOf: () => createJournal(null, vault),
        turn: (work) => work(),
        ...over,
      };
      const { stage, readiness } = await bootStage(request);
      if (readiness.kind !== 'ready')
        throw new EnvironmentError(
          `the gateway did not start on stage ${id}: ${whyNotReady(readiness)}`,
          `\`postern run --gateway ${release}\` boots it as well, and keeps its log.`,
        );
      return stage;
    },
    close: async () => {
      await endLease(engine, lease);
    },
  };
}

/** The middle of the values; of an even number, the upper middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
