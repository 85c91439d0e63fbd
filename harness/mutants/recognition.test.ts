import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectEngine } from '../gateway/engine/engine.ts';
import type { GatewayImage } from '../gateway/image/image.ts';
import { bootSingleStage, openTestBed, type TestBed } from '../gateway/stage/test-bed.ts';
import { waitOnThisMachine } from '../limits.ts';
import type { CommandSequence } from '../pairwise/command-sequence.ts';
import { TIMEOUTS } from '../play/context.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { CheckResult } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { TABLE_STAGE } from '../suite/table-run.ts';
import { playWitness, witnessCheck } from '../suite/witness.ts';
import { chunksOf, ensureMutantImage, removeMutantImage } from './image.ts';
import { patched } from './patch.ts';
import { RECOGNITION } from './recognition.ts';

/** A release and a mutant of it, each met by the release's own command: whether that sees what a client of ours is not shown. */

/** Boots within seconds, on a machine that does nothing else. */
const RELEASE = '2026.4.1';
const BOUND_MS = waitOnThisMachine(240_000);

const WALK: CommandSequence = {
  turns: [
    { command: 'gateway call', route: 'lan', secret: 'wrong', after: null },
    { command: 'cron list', route: 'lan', secret: 'right', after: null },
    { command: 'gateway call', route: 'lan', secret: 'right', after: 'approve' },
    { command: 'gateway call', route: 'lan', secret: 'right', after: 'remove' },
  ],
};

let bed: TestBed;
let image: GatewayImage;
beforeAll(async () => {
  const runId = `witness-${process.pid.toString(36)}`;
  bed = await openTestBed(await connectEngine(), { runId, secretRegistry: createSecretRegistry(), say: () => {} });
  image = await bed.image(RELEASE);
}, BOUND_MS);
afterAll(() => bed.close(), BOUND_MS);

/** The check of the witness on a gateway with this image. */
async function witnessed(id: string, tag: string): Promise<CheckResult> {
  const { secretRegistry } = bed;
  const stage = await bootSingleStage(
    bed,
    { tag, version: RELEASE },
    { id, gateway: TABLE_STAGE.gateway, routes: [{ from: 'lan', through: 'documented' }] },
  );
  try {
    const request = { stage, secretRegistry, timeouts: TIMEOUTS, stopped: () => false, knocked: () => {}, seed: 1 };
    return witnessCheck(await playWitness([WALK], request), 7, ROOT, {
      gateway: id,
      version: RELEASE,
      purpose: 'run',
      skipped: null,
      deviations: [],
      today: '2026-11-21',
      redact: (text) => secretRegistry.redact(text),
    });
  } finally {
    await stage.close();
  }
}

test('the command of a release gets the same answers as a client of the harness', { timeout: BOUND_MS }, async () => {
  const { verdict, seen, because, compared } = await witnessed('witness', image.tag);
  expect({ verdict, seen, because, compared }).toEqual({
    verdict: 'pass',
    seen: '4 knocks of its own command, each with the same answer as a client of the harness',
    because: null,
    compared: 4,
  });
});

test('a gateway that recognises the addresses of the harness treats its own command differently', {
  timeout: BOUND_MS,
}, async () => {
  const edits = RECOGNITION.find(({ id }) => id === 'knows-the-relays')?.on[RELEASE];
  const changed = patched(await chunksOf(bed.engine, image), edits ?? [], 'knows-the-relays');
  const tag = await ensureMutantImage(bed.engine, image, changed);
  try {
    const { verdict, seen, observation } = await witnessed('witness-mutant', tag);
    expect(verdict).toBe('fail');
    expect(seen).toContain('its own command: admitted; a client of the harness: refused with 1008, pairing-required');
    expect(observation?.command?.exitCode).toBe(0);
  } finally {
    await removeMutantImage(bed.engine, tag);
  }
});
