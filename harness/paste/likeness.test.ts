import { describe, expect, test } from 'vitest';
import type { Evidence } from './evidence.ts';
import { learn, likeOf } from './likeness.ts';

const word = (name: string): Evidence => ({ kind: 'word', name, says: `says "${name}"`, line: 1, source: 'stated' });

/** Four texts about two targets of one class, and one text about a target of another class. */
const KNOWN = {
  evidence: ['word: refused', 'word: restart', 'word: spawn', 'word: proxy'],
  texts: [
    { from: 'a', targets: ['agents/spawn'], shows: [0, 2] },
    { from: 'b', targets: ['agents/spawn'], shows: [0, 2] },
    { from: 'c', targets: ['agents/restart'], shows: [0, 1] },
    { from: 'd', targets: ['agents/restart'], shows: [0, 1] },
    { from: 'e', targets: ['proxies/page'], shows: [0, 3] },
  ],
};
const TARGETS = ['agents/spawn', 'agents/restart', 'agents/new', 'proxies/page'];
const likeness = learn(KNOWN, TARGETS, (target) => target.replace(/\/.*/, ''));

function orderOf(...evidence: Evidence[]): string[] {
  return [...likeOf(likeness, evidence)].toSorted(([, a], [, b]) => b.score - a.score).map(([target]) => target);
}

describe('a report is like the texts that show the same evidence', () => {
  test('the target comes first whose texts show it more than others do', () => {
    expect(orderOf(word('spawn'))[0]).toBe('agents/spawn');
    expect(orderOf(word('restart'))[0]).toBe('agents/restart');
    expect(orderOf(word('proxy'))[0]).toBe('proxies/page');
  });

  test('a target without a text is like its class', () => {
    expect(orderOf(word('spawn')).indexOf('agents/new')).toBeLessThan(orderOf(word('spawn')).indexOf('proxies/page'));
  });

  test('what every text shows tells nothing, and neither does what none shows', () => {
    const scores = [...likeOf(likeness, [word('refused'), word('unheard')]).values()].map(({ score }) => score);
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(0.3);
  });

  test('the reasons are the pieces of evidence that say so, each with its line', () => {
    const like = likeOf(likeness, [{ ...word('spawn'), line: 7 }, word('refused')]).get('agents/spawn');
    expect(like?.because.map(({ name, line }) => [name, line])).toEqual([['spawn', 7]]);
  });

  test('a report that shows nothing known is like no text', () => {
    expect([...likeOf(likeness, []).values()].map(({ score }) => score)).toEqual([0, 0, 0, 0]);
  });
});
