import { connectEngine } from '../gateway/engine/engine.ts';
import type { GatewayImage } from '../gateway/image/image.ts';
import { EVERY_ROUTE } from '../gateway/network/proxies.ts';
import type { Stage } from '../gateway/stage/stage.ts';
import { bootSingleStage, openTestBed, type TestBed } from '../gateway/stage/test-bed.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import { PLAIN_GATEWAY } from '../scenario/schema/scenario.ts';

/** The means of every measurement: a test bed, the image of one release, and a function that boots stages of it. */
export type MeasuredRelease = {
  bed: TestBed;
  image: GatewayImage;
  /** Boots a stage with a minimal config and every route. Throws EnvironmentError if the gateway does not get ready. */
  boot(id: string): Promise<Stage>;
};

/** Prepares the engine and the image of a release for measurements; boots nothing. */
export async function openMeasuredRelease(release: string, out: Output): Promise<MeasuredRelease> {
  const secretRegistry = createSecretRegistry();
  out.clearWith(secretRegistry.redact);
  const bed = await openTestBed(await connectEngine(), { runId: `bench-${process.pid}`, secretRegistry, say: out.say });
  const image = await bed.image(release);
  return { bed, image, boot: (id) => bootSingleStage(bed, image, { id, gateway: PLAIN_GATEWAY, routes: EVERY_ROUTE }) };
}

/** The median of the values; for an even number of values, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
