import type { ReleaseReason, ReleaseVerdict } from '../../results/release-verdict.ts';
import { clip } from '../../text/control-characters.ts';
import { capitalized } from '../../text/format.ts';
import { code, prose } from '../markdown/markdown-text.ts';
import {
  baselineLines,
  candidateName,
  describeAgainst,
  describeChecks,
  describeLeftOut,
  EFFECT_WORDS,
  exitMeaning,
  groupsOf,
  OUTCOME_TITLES,
  verdictSentence,
  type WeightGroup,
} from './release-words.ts';

/** Reasons of one weight that release.md shows; release.json has them all. */
const REASONS = 20;
/** The longest text of one line, in characters. */
const LINE = 400;

const line = (text: string): string => prose(clip(text, LINE));

/** release.md: the verdict, the baselines, and the reasons by weight, for a summary or a comment. */
export function renderRelease(verdict: ReleaseVerdict): string {
  const { suite, policy, candidate, gates, judgedOn } = verdict;
  const parts = [
    `# ${verdict.verdict}: ${prose(candidateName(verdict))}`,
    `${line(capitalized(verdictSentence(verdict)))}. Exit code ${verdict.exitCode}: ${prose(exitMeaning(verdict.exitCode))}.`,
    prose(describeLeftOut(verdict)),
    `| baseline | |\n| --- | --- |\n${baselineLines(verdict)
      .map(({ name, words }) => `| ${name} | ${line(words)} |`)
      .join('\n')}`,
    `${line(capitalized(describeChecks(verdict)))}.`,
    ...groupsOf(verdict, 'holds').map(wholeGroup),
    ...(['waived', 'noted'] as const).flatMap((effect) =>
      groupsOf(verdict, effect).map(
        (group) =>
          `<details><summary>${group.title}, ${EFFECT_WORDS[effect]}: ${group.reasons.length}</summary>\n\n${rowsOf(group)}\n\n</details>`,
      ),
    ),
    [
      `Candidate image ${code(candidate.digest)}${candidate.tarball === null ? '' : `, tarball ${code(candidate.tarball.sha256)}`}.`,
      ...gates.map(
        ({ run, base, sha256 }) => `Gate ${code(run)} against ${prose(base.version)}, report ${code(sha256)}.`,
      ),
      `Policy ${code(policy.sha256)}. Decided on ${judgedOn} by Postern ${prose(suite.version)}${suite.commit === null ? '' : ` (${code(suite.commit)})`}.`,
    ].join('<br>\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function wholeGroup(group: WeightGroup): string {
  return `## ${group.title}: ${group.reasons.length}\n\n${rowsOf(group)}`;
}

function rowsOf({ reasons }: WeightGroup): string {
  const more = reasons.length - REASONS;
  return [...reasons.slice(0, REASONS).map(rowOf), ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n');
}

function rowOf(reason: ReleaseReason): string {
  const { id, outcome, text, rule, waiver, command } = reason;
  return [
    `- **${prose(OUTCOME_TITLES[outcome])}**: ${code(id)} ${line(describeAgainst(reason))}`.trimEnd(),
    ...(text === id ? [] : [line(capitalized(text))]),
    ...(waiver === null
      ? []
      : [`Waived by ${prose(waiver.owner)} until ${waiver.expires}: ${line(waiver.reason)} (${prose(waiver.link)})`]),
    ...(rule === null ? [] : [`${prose(capitalized(rule.owner))}: ${line(rule.reason)}`]),
    ...(command === null ? [] : [code(command)]),
  ].join('<br>\n  ');
}
