import { beforeAll, expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { imageId } from '../gateway/engine/build.ts';
import { connectEngine, type Engine } from '../gateway/engine/engine.ts';
import { prepareEngine } from '../gateway/image/prepare-engine.ts';
import type { Report, Subject } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { readStoredBase } from './stored-base.ts';

const SAMPLE = sampleReport(ALL_HOLD);
const HERE = { now: new Date('2026-11-24T09:30:00.000Z'), commit: SAMPLE.run.suite.commit };

let engine: Engine;
let helper = { tag: '', id: '' };
beforeAll(async () => {
  engine = await connectEngine();
  const { helperImage } = await prepareEngine(engine, () => {});
  helper = { tag: helperImage, id: `${await imageId(engine, helperImage)}` };
});

function stored(subject: Partial<Subject>, exitCode = 0): Report {
  return {
    ...SAMPLE,
    run: { ...SAMPLE.run, exitCode },
    subjects: SAMPLE.subjects.slice(0, 1).map((each) => ({ ...each, ...subject })),
  };
}

test('a report of an image on this engine is described with its age, its image and its suite', async () => {
  const report = stored({ image: helper.tag, digest: helper.id });
  expect(await readStoredBase(report, engine, HERE)).toBe(
    `The base is report 20261121-093000-a1b2 of ${SAMPLE.subjects[0]?.reference}, 3 days old: openclaw ${SAMPLE.subjects[0]?.version}, image ${helper.id}, suite 0.1.0 (8c09baa).`,
  );
});

test('a report of an image that is not on this engine is described as such', async () => {
  const told = await readStoredBase(stored({ image: 'postern/gateway:none', digest: 'sha256:0' }), engine, HERE);
  expect(told).toContain('image sha256:0, which is not on this engine to compare with');
});

test('a report of an image with another digest is refused', async () => {
  const report = stored({ image: helper.tag, digest: 'sha256:0' });
  await expect(readStoredBase(report, engine, HERE)).rejects.toThrow(
    new UsageError(
      `the base report 20261121-093000-a1b2 is about sha256:0, and ${helper.tag} on this engine is ${helper.id}`,
      'Make the report again with the image on this engine, or remove that image with `postern images --prune`.',
    ),
  );
});

test.each([2, 3, 130])('a report that ended with exit code %i is refused', async (exitCode) => {
  await expect(readStoredBase(stored({}, exitCode), engine, HERE)).rejects.toThrow(/so it lacks verdicts/);
});

test('a report of several gateways, or of none, is refused', async () => {
  await expect(readStoredBase({ ...SAMPLE, subjects: [] }, engine, HERE)).rejects.toThrow(/is about 0 gateways/);
});

test('a report that another commit of Postern made is refused', async () => {
  await expect(readStoredBase(stored({}), engine, { ...HERE, commit: 'other' })).rejects.toThrow(
    new UsageError(
      'the base report 20261121-093000-a1b2 was made by commit 8c09baa of Postern, and this is commit other',
      'Make the report again with this commit: other scenarios and other rules cannot be compared.',
    ),
  );
});
