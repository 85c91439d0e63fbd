import type { WorkaroundFact } from './facts.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';
import { WORKAROUND_IDS, WORKAROUNDS } from './workarounds.ts';

type Became = WorkaroundFact['became'];

/** Words that say what became of a workaround. The first row that matches decides. */
const BECAME: readonly { became: Exclude<Became, 'not-said'>; pattern: RegExp }[] = [
  {
    became: 'made-it-worse',
    pattern: /\b(?:made it worse|even worse|now nothing|locked out (?:completely|now))\b|noch schlimmer|更糟/,
  },
  {
    became: 'did-not-help',
    pattern:
      /\b(?:no (?:change|luck|difference|effect|joy|dice)|same(?: (?:result|error|thing|again|story|refusal))?|still|did ?n[o']t (?:help|work|change|fix)|does ?n[o']t (?:help|work|change|approve|do)|doesnt|didnt|not help|nothing (?:changed|helps?|helped)|useless|in vain|again and again|comes? back|fails? again|broken again|no use|unknown requestid|made no|without effect)\b|ohne erfolg|hilft nicht|hat nichts gebracht|gleiche[rs]? fehler|没用|无效|不行|还是|依旧|仍然|sigue (?:igual|fallando)|no (?:sirve|funciona|cambia)|sin éxito/,
  },
  {
    became: 'helped',
    pattern:
      /\b(?:works?|worked|fixed|fixes|helps?|helped|ok|fine|good|solved|resolved|gone|sorted|lets? me in|goes? away|back to normal)\b|hilft|geholfen|geht (?:es )?(?:wieder|dann)|可以|好了|正常|funciona|resuelto/,
  },
];

/** Words of advice: what somebody recommends was not tried. */
const ADVICE = /^\s*(?:you (?:can|could|should|need to)|try|please|just|run|use|set|have you)\b/;

/** A sentence of the next line that is longer speaks of something else. */
const SHORT_SENTENCE = 60;

/** How much of a line before and after the naming counts, in characters. */
const NEAR = 140;

/** Reads which workarounds the reporter tried, and what became of them. Advice of others is `claimed-by-answer`. */
export function extractWorkarounds(statements: readonly Statement[]): WorkaroundFact[] {
  return statements.flatMap((statement, index) => {
    if (statement.form === 'heading' || statement.form === 'config') return [];
    const lower = statement.text.toLowerCase();
    const source = sourceOf(statement);
    if (source !== 'claimed-by-answer' && ADVICE.test(lower)) return [];
    return WORKAROUND_IDS.flatMap((id): WorkaroundFact[] => {
      const match = WORKAROUNDS[id].pattern.exec(lower);
      if (match === null) return [];
      const after = [
        lower.slice(match.index, match.index + match[0].length + NEAR),
        ...answerBelow(statement, statements[index + 1]),
      ];
      return [{ kind: 'workaround', value: id, line: statement.number, source, became: becameOf(after) }];
    });
  });
}

/** The line below, if it can say what became of what this line names: what the command printed, or a short sentence. */
function answerBelow(statement: Statement, next: Statement | undefined): string[] {
  if (next === undefined || next.number !== statement.number + 1 || next.speaker !== statement.speaker) return [];
  return next.form === 'output' || (next.form === 'prose' && next.text.length < SHORT_SENTENCE)
    ? [next.text.toLowerCase()]
    : [];
}

/** What became of a workaround: the words nearest to its naming decide. */
function becameOf(texts: readonly string[]): Became {
  for (const text of texts) {
    const places = BECAME.flatMap(({ became, pattern }) => {
      const at = text.search(pattern);
      return at === -1 ? [] : [{ became, at }];
    });
    const nearest = places.toSorted((a, b) => a.at - b.at)[0];
    if (nearest !== undefined) return nearest.became;
  }
  return 'not-said';
}
