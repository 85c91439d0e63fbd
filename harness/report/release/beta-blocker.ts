import type { ReleaseReason, ReleaseVerdict } from '../../results/release-verdict.ts';
import { clip, oneLine } from '../../text/control-characters.ts';
import { capitalized, count, listed } from '../../text/format.ts';
import { code, fenced, prose } from '../markdown/markdown-text.ts';
import { candidateName, describeAgainst, groupsOf, holdingCounts, OUTCOME_TITLES } from './release-words.ts';

/** What the title names as the plugin: the access boundary belongs to the gateway itself. */
const PLUGIN = 'gateway';
/** Reasons of one weight that the issue shows, and the longest line of one, in characters. */
const REASONS = 5;
const LINE = 120;
/** The longest id in the title, in characters: a title of GitHub has 256 at most. */
const TITLE_ID = 100;

/**
 * beta-blocker.md: the text of the issue that holds a beta: a line with the title, a line with the label, and the body. An issue is public, so the
 * verdict must be its public form, and what a published candidate may show for the first time is left out. Null if no beta is held.
 */
export function renderBetaBlocker(verdict: ReleaseVerdict): string | null {
  if (verdict.channel !== 'beta' || verdict.verdict !== 'HOLD') return null;
  const shown = { ...verdict, reasons: verdict.reasons.filter(({ unpublished }) => !unpublished) };
  const leftOut =
    verdict.withheld + verdict.reasons.filter(({ effect, unpublished }) => unpublished && effect === 'holds').length;
  const counts = holdingCounts(shown).map(({ words }) => words);
  const groups = groupsOf(shown, 'holds');
  const commands = groups
    .flatMap(({ reasons }) => reasons.slice(0, REASONS))
    .flatMap(({ command }) => (command === null ? [] : [command]));
  const { suite } = verdict;
  return `${[
    `Title: Beta blocker: ${PLUGIN} - ${summaryOf(shown)}\nLabel: beta-blocker`,
    `${prose(candidateName(verdict))} must not go out as a beta${counts.length === 0 ? '' : `: ${listed(counts)}`}.`,
    ...(leftOut === 0
      ? []
      : [
          `${capitalized(count(leftOut, 'further reason'))} that nobody has published: see release.json, and SECURITY.md of Postern before you write about it here.`,
        ]),
    ...groups.map(({ title, reasons }) => {
      const more = reasons.length - REASONS;
      return `### ${title}\n\n${[...reasons.slice(0, REASONS).map(rowOf), ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')}`;
    }),
    ...(commands.length === 0
      ? []
      : [`### Steps to reproduce\n\n${fenced('sh', [...new Set(commands)].join('\n')).trimEnd()}`]),
    `Found by Postern ${prose(suite.version)}${suite.commit === null ? '' : ` (${code(suite.commit)})`}; release.html has everything.`,
  ].join('\n\n')}\n`;
}

/** The heaviest reason in a few words, as plain text: a title is no Markdown. */
function summaryOf(verdict: ReleaseVerdict): string {
  const [first] = groupsOf(verdict, 'holds').flatMap(({ reasons }) => reasons);
  if (first === undefined) return `${verdict.candidate.version} is held`;
  const more = verdict.reasons.filter(({ effect }) => effect === 'holds').length - 1;
  return `${OUTCOME_TITLES[first.outcome]}: ${oneLine(clip(first.id, TITLE_ID))}${more === 0 ? '' : `, and ${count(more, 'further reason')}`}`;
}

function rowOf(reason: ReleaseReason): string {
  const { outcome, id, text } = reason;
  const against = describeAgainst(reason);
  const what = text === id ? '' : `: ${prose(clip(text, LINE))}`;
  return `- ${prose(OUTCOME_TITLES[outcome])}, ${code(clip(id, LINE))}${against === '' ? '' : ` ${prose(against)}`}${what}`;
}
