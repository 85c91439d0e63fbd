import type { Verdict } from '../judge/verdict.ts';
import type { CheckResult } from '../results/report.ts';

/** How a verdict is shown: a sign and a word, so that colour is never the only signal, and what it means. */
export type VerdictLabels = { icon: string; word: string; meaning: string };

export const VERDICT_LABELS: Record<Verdict, VerdictLabels> = {
  error: { icon: '⚠', word: 'error', meaning: 'the harness or the engine failed: nothing was learned' },
  fail: { icon: '✕', word: 'fail', meaning: 'the gateway did something else than it must' },
  reproduced: { icon: '↻', word: 'reproduced', meaning: 'exactly the failure that users reported' },
  'not-testable': { icon: '?', word: 'not testable', meaning: 'something the check rests on was not observed' },
  'unexpected-pass': { icon: '‼', word: 'unexpected pass', meaning: 'holds, though it is declared not to' },
  flaky: { icon: '≈', word: 'flaky', meaning: 'two runs of the same check disagreed' },
  'known-deviation': { icon: '◆', word: 'known deviation', meaning: 'fails as the deviation list says it does' },
  skipped: { icon: '○', word: 'skipped', meaning: 'not run, for the reason given' },
  'not-applicable': { icon: '–', word: 'not applicable', meaning: 'this gateway has nothing that the check looks at' },
  pass: { icon: '✓', word: 'pass', meaning: 'seen as it must be' },
};

/** The four looks of a check. Red is `holds === false` and nothing else. */
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

/** The look of one check. */
export function toneOf(check: CheckResult): Tone {
  return check.holds ? TONE_OF_HOLDING[check.verdict] : 'bad';
}
