import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';

const SCRIPT = path.join(ROOT, 'examples/openclaw/scripts/e2e/postern-docker.sh');

/**
 * Runs the script with a program in place of Postern, which writes down its arguments and ends with the code that `codes` has for its command.
 * `reported`: it also writes a report.
 */
function runLane(
  codes: { gate: number; lane: number },
  { reported, baseline }: { reported: boolean; baseline?: string },
): { exitCode: number | null; calls: string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-lane-'));
  for (const below of ['node_modules/.bin', 'harness/setup']) mkdirSync(path.join(folder, below), { recursive: true });
  writeFileSync(path.join(folder, 'harness/setup/ready.mjs'), '');
  const node = path.join(folder, 'node_modules/.bin/node');
  const report = reported ? `mkdir -p "${folder}/logs/postern/reports/latest"` : 'true';
  writeFileSync(
    node,
    `#!/bin/bash\necho "\${@:2}" >> ${folder}/calls\n${report}\n[ "$2" = gate ] && exit ${codes.gate}\nexit ${codes.lane}\n`,
  );
  chmodSync(node, 0o755);
  const { status } = spawnSync('bash', [SCRIPT], {
    env: {
      PATH: process.env.PATH,
      POSTERN_DIR: folder,
      OPENCLAW_CURRENT_PACKAGE_TGZ: '/candidate.tgz',
      OPENCLAW_DOCKER_ALL_LOG_DIR: `${folder}/logs`,
      ...(baseline === undefined ? {} : { OPENCLAW_UPGRADE_SURVIVOR_BASELINE_SPEC: baseline }),
    },
  });
  const calls = readFileSync(path.join(folder, 'calls'), 'utf8').replaceAll(folder, '').split('\n').filter(Boolean);
  return { exitCode: status, calls };
}

const LANE = 'lane --from /logs/postern/reports/latest --out /logs/postern';

test('the lane compares the candidate with the baseline, writes its results, and ends with their exit code', () => {
  expect(runLane({ gate: 4, lane: 4 }, { reported: true, baseline: 'openclaw@2026.6.34' })).toEqual({
    exitCode: 4,
    calls: ['gate --base=npm:openclaw@2026.6.34 --head=/candidate.tgz --reports=/logs/postern/reports', LANE],
  });
  expect(runLane({ gate: 0, lane: 0 }, { reported: true })).toEqual({
    exitCode: 0,
    calls: ['gate --base=npm:openclaw@latest --head=/candidate.tgz --reports=/logs/postern/reports', LANE],
  });
});

test('a comparison that never began ends the lane with its own exit code', () => {
  expect(runLane({ gate: 2, lane: 0 }, { reported: false })).toMatchObject({
    exitCode: 2,
    calls: [expect.any(String)],
  });
});
