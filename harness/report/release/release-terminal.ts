import type { ReleaseReason, ReleaseVerdict } from '../../results/release-verdict.ts';
import { clip } from '../../text/control-characters.ts';
import { capitalized } from '../../text/format.ts';
import {
  baselineLines,
  describeAgainst,
  describeChecks,
  describeLeftOut,
  exitMeaning,
  groupsOf,
  OUTCOME_TITLES,
  verdictSentence,
} from './release-words.ts';

/** Lines of reasons on the one screen that the verdict has; every weight gets at least two. */
const ROOM = 14;
/** The longest line, in characters. */
const LINE = 160;

/** A release verdict as text for a terminal: baselines, the heaviest reasons of each weight, and last the verdict. One screen. */
export function printRelease(verdict: ReleaseVerdict): string {
  const groups = groupsOf(verdict, 'holds');
  const shown = Math.max(1, Math.floor(ROOM / Math.max(1, groups.length)) - 1);
  const quiet = (['waived', 'noted'] as const).flatMap((effect) => {
    const found = verdict.reasons.filter((each) => each.effect === effect).length;
    return found === 0 ? [] : [`${found} ${effect}`];
  });
  const leftOut = describeLeftOut(verdict);
  return `${[
    '',
    ...baselineLines(verdict).map(({ name, words }) => `  ${name.padEnd(16)} ${words}`),
    ...groups.flatMap(({ title, reasons }) => [
      `${title}: ${reasons.length}${reasons.length > shown ? `, first ${shown}` : ''}`,
      ...reasons.slice(0, shown).map(lineOf),
    ]),
    ...(leftOut === '' ? [] : [leftOut]),
    `${capitalized(describeChecks(verdict))}.${quiet.length === 0 ? '' : ` ${quiet.join(', ')}.`}`,
    `${verdict.verdict}: ${verdictSentence(verdict)}.`,
    `Exit code ${verdict.exitCode}: ${exitMeaning(verdict.exitCode)}.`,
  ].join('\n')}\n`;
}

function lineOf(reason: ReleaseReason): string {
  const against = describeAgainst(reason);
  const words = `${reason.id}: ${OUTCOME_TITLES[reason.outcome]}${against === '' ? '' : `, ${against}`}`;
  return `  ✕ ${clip(words, LINE)}`;
}
