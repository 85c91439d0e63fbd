import type { Verdict } from '../judge/verdict.ts';
import type { CheckResult } from '../results/report.ts';

/** The sign, the word and the meaning of a verdict. Sign and word make sure that colour is never the only signal. */
export type VerdictLabels = { icon: string; word: string; meaning: string };

export const VERDICT_LABELS: Record<Verdict, VerdictLabels> = {
  error: { icon: '⚠', word: 'error', meaning: 'the harness or the engine failed, so nothing is known' },
  fail: { icon: '✕', word: 'fail', meaning: 'the gateway did not do what it must' },
  reproduced: { icon: '↻', word: 'reproduced', meaning: 'the gateway shows exactly the failure that users reported' },
  'not-testable': { icon: '?', word: 'not testable', meaning: 'an observation that the check depends on is missing' },
  'unexpected-pass': { icon: '‼', word: 'unexpected pass', meaning: 'the check passes, though it is declared to fail' },
  flaky: { icon: '≈', word: 'flaky', meaning: 'two observations of the same check differ' },
  'known-deviation': { icon: '◆', word: 'known deviation', meaning: 'the check fails as the deviation list says' },
  skipped: { icon: '○', word: 'skipped', meaning: 'not run, for the reason given' },
  'not-applicable': {
    icon: '–',
    word: 'not applicable',
    meaning: 'this gateway does not have what the check is about',
  },
  pass: { icon: '✓', word: 'pass', meaning: 'the gateway did what it must' },
};

/** The four styles of a check. Red (`bad`) is exactly `holds === false`. */
export type Tone = 'bad' | 'noted' | 'quiet' | 'good';

const TONE_OF_HOLDING: Record<Verdict, Tone> = {
  error: 'noted',
  fail: 'noted',
  reproduced: 'noted',
  'not-testable': 'noted',
  'unexpected-pass': 'noted',
  flaky: 'noted',
  'known-deviation': 'noted',
  skipped: 'quiet',
  'not-applicable': 'quiet',
  pass: 'good',
};

/** The style of one check. */
export function toneOf(check: CheckResult): Tone {
  return check.holds ? TONE_OF_HOLDING[check.verdict] : 'bad';
}
