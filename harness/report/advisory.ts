import type { Finding } from '../results/finding.ts';
import type { CheckResult, Report, TableCell } from '../results/report.ts';
import { clip } from '../text/control-characters.ts';
import { count } from '../text/format.ts';
import { recordOf } from './comparison/comparison-json.ts';
import { describeAnswers, describeCondition, describeExtent, HARM_TITLES } from './comparison/finding-words.ts';
import { code, prose } from './markdown/markdown-text.ts';

/** What is withheld from public output, as a whole. */
export type Advisory = {
  run: Report['run'];
  checks: readonly CheckResult[];
  table: readonly TableCell[];
  findings: readonly Finding[];
};

/** The longest text of one line, in characters. */
const TEXT = 1_500;

const line = (text: string): string => prose(clip(text, TEXT));

/** private/advisory.md: what was found and nobody has published, for a private report to the maintainers of the gateway. */
export function renderAdvisory({ run, checks, table, findings }: Advisory): string {
  const red = checks.map(({ id, gateway, expected, seen, differences, repeat }) =>
    [
      `## ${line(id)} on ${line(gateway)}`,
      `- Expected: ${line(expected)}\n- Seen: ${line(seen)}${differences.map((each) => `\n- ${line(each)}`).join('')}\n- Repeat: ${code(repeat)}`,
    ].join('\n\n'),
  );
  const mended = findings.map((finding) =>
    [
      `## ${HARM_TITLES[finding.harm]} on the head: ${line(finding.id)}`,
      `- Base: ${line(describeAnswers(finding.before))}\n- Head: ${line(describeAnswers(finding.after))}\n- ${line(describeExtent(finding))}${describeCondition(
        finding,
      )
        .map((clause) => `\n- If ${line(clause)}`)
        .join('')}${finding.mended.map(({ statement }) => `\n- The base violates: ${line(statement)}`).join('')}`,
    ].join('\n\n'),
  );
  return `${[
    '# Private: do not publish',
    `Run ${code(run.id)} of ${code(run.command)} found ${count(checks.length, 'check')} and ${count(findings.length, 'finding')} that nobody has published, and a released gateway may have the weakness. Report it with the form "Report a vulnerability" of the gateway's repository; SECURITY.md of Postern says how. advisory.json has the observations, transcripts and log lines of these checks and of ${count(table.length, 'cell')}.`,
    ...red,
    ...mended,
  ].join('\n\n')}\n`;
}

/** private/advisory.json: the same, whole. */
export function renderAdvisoryJson(advisory: Advisory): string {
  return `${JSON.stringify({ ...advisory, findings: advisory.findings.map(recordOf) }, null, 1)}\n`;
}
