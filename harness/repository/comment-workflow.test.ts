import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { COMMENT_MARKER } from '../report/ci/comment.ts';
import { ROOT } from '../root.ts';

const [SCRIPT] = z
  .object({ jobs: z.object({ comment: z.object({ steps: z.array(z.object({ run: z.string().optional() })) }) }) })
  .parse(parse(readFileSync(path.join(ROOT, 'examples/openclaw/workflows/postern-comment.yml'), 'utf8')))
  .jobs.comment.steps.flatMap(({ run }) => run ?? []);

/** What the program `gh` answers: the number of the open pull request of a commit, and the ids of comments of a bot with the marker. */
type Answers = { number: string; comments: string };

/** Runs the script of the workflow with a comment and a `gh` that gives `answers`. Gives the exit code, and the calls that write. */
function write(
  comment: string,
  { number, comments }: Answers,
): { exitCode: number | null; calls: string[]; body: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-comment-'));
  mkdirSync(path.join(folder, 'report'));
  writeFileSync(path.join(folder, 'report/comment.md'), comment);
  const gh = path.join(folder, 'gh');
  const answer = `case "$*" in */pulls*) printf '${number}' ;; *--paginate*) printf '${comments}' ;; *) echo "$*" >> calls ;; esac`;
  writeFileSync(gh, `#!/bin/bash\n${answer}\n`);
  chmodSync(gh, 0o755);
  writeFileSync(path.join(folder, 'calls'), '');
  writeFileSync(path.join(folder, 'body.md'), '');
  const { status } = spawnSync('bash', ['-e', '-c', SCRIPT ?? ''], {
    cwd: folder,
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      REPOSITORY: 'owner/gateway',
      HEAD_SHA: 'a'.repeat(40),
      RUN_URL: 'https://example.invalid/run/1',
    },
  });
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  return { exitCode: status, calls: read('calls').split('\n').filter(Boolean), body: read('body.md') };
}

const COMMENT = `${COMMENT_MARKER}\n## Postern: weaker\n`;

test('the first run writes a comment, and a later one updates it', () => {
  expect(write(COMMENT, { number: '7', comments: '' })).toEqual({
    exitCode: 0,
    calls: ['api --method POST repos/owner/gateway/issues/7/comments --field body=@body.md'],
    body: `${COMMENT}\n[The run and its report](https://example.invalid/run/1)\n`,
  });
  expect(write(COMMENT, { number: '7', comments: '41\\n42\\n' }).calls).toEqual([
    'api --method PATCH repos/owner/gateway/issues/comments/41 --field body=@body.md',
  ]);
});

test('nothing is written for a commit without a pull request, or from a file that is no comment of Postern', () => {
  expect(write(COMMENT, { number: '', comments: '' })).toMatchObject({ exitCode: 0, calls: [] });
  expect(write('@everybody look', { number: '7', comments: '' })).toMatchObject({ exitCode: 1, calls: [] });
});
