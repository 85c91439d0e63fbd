import type { Fact } from './facts.ts';
import { observed } from './fit-scenario.ts';
import type { ReportedRelease } from './reported-release.ts';

/** The most questions that a reporter is asked at once. */
const MOST = 3;

/**
 * The questions that would decide what a report is about, the most telling first: what is missing of release, refusal and place, and what
 * tells the likeliest mechanisms apart (`distinguishing`).
 */
export function questionsFor(
  facts: readonly Fact[],
  { shows, contradicts }: ReportedRelease,
  distinguishing: readonly string[],
): string[] {
  const has = (kind: Fact['kind']): boolean => observed(facts, kind).length > 0;
  const release =
    shows === null || shows.given === 'day'
      ? ['Which release runs: what does `openclaw --version` print on the machine of the gateway?']
      : contradicts.length > 0 || shows.source !== 'printed'
        ? []
        : [];
  const isVague = !has('reason') && !has('audit') && !has('error-code');
  const refusal = isVague
    ? [
        'What does the gateway log at the moment of the refusal (`openclaw logs`: the lines with `reason=`, `cause=` or `security audit:`)?',
      ]
    : [];
  const place =
    !has('proxy') && !has('bind') && !has('deployment')
      ? [
          'Where does the client that is refused run: on the machine of the gateway, in a container, on another machine, or behind a proxy?',
        ]
      : [];
  const devices = ['What does `openclaw devices list --json` show of the device that is refused?'];
  return [...new Set([...release, ...refusal, ...distinguishing.slice(0, 1), ...place, ...devices])].slice(0, MOST);
}
