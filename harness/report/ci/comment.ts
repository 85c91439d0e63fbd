import type { ExplainedComparison } from '../../results/explained-comparison.ts';
import type { Report } from '../../results/report.ts';
import { MOST_BYTES, renderComparison } from '../comparison/comparison-markdown.ts';
import { meaningOf } from '../headline.ts';
import { code, prose } from '../markdown/markdown-text.ts';

/** In bytes. GitHub refuses a comment of more than 65,536 characters. */
export const COMMENT_BYTES = MOST_BYTES;

/** An HTML comment, which GitHub does not show, by which a later run finds the comment of an earlier one. */
export const COMMENT_MARKER = '<!-- postern-gate -->';

/**
 * comment.md: the comparison of a gate as one comment on a pull request. It begins with `COMMENT_MARKER` and has at most `limit` bytes of UTF-8; a note
 * says that something is left out. A comment is public, so the comparison must be, too: without what is withheld.
 */
export function renderComment(report: Report, comparison: ExplainedComparison, limit: number = COMMENT_BYTES): string {
  const foot = footer(report);
  const room = limit - Buffer.byteLength(`${COMMENT_MARKER}\n\n${foot}`);
  return `${COMMENT_MARKER}\n${renderComparison(comparison, room)}\n${foot}`;
}

function footer({ run }: Report): string {
  return [
    `The run ended with ${run.exitCode}: ${meaningOf(run.exitCode)}. `,
    `Run ${code(run.id)}, seed ${run.seed}, Postern ${prose(run.suite.version)}`,
    `${run.suite.commit === null ? '' : ` (${prose(run.suite.commit)})`}.\n`,
  ].join('');
}
