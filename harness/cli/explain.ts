import type { Command } from 'commander';
import { UsageError } from '../exit.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { sayExpectation } from '../judge/words.ts';
import type { Output } from '../report/output.ts';
import { ROOT } from '../root.ts';
import { twinOf } from '../scenario/checks.ts';
import { loadScenarios } from '../scenario/load.ts';
import { OUTCOME_WORDS, outcomeOf } from '../scenario/remedy.ts';

/** `postern explain`: everything that is known of one check, without running it. */
export function addExplain(program: Command, output: Output): void {
  program
    .command('explain <check>')
    .description('Tell what a check expects, why, what users saw, and how to repeat it.')
    .addHelpText('after', '\nExample:\n  postern explain stale-scopes/local-write-after-read/local-upgrade')
    .action((id: string) => {
      const all = loadScenarios(ROOT);
      const declared = all.flatMap((loaded) => loaded.checks.map((check) => ({ loaded, check })));
      const found = declared.find(({ check }) => check.id === id);
      if (found === undefined) {
        const near = declared.filter(({ check }) => check.id.includes(id) || id.includes(check.id.split('/')[1] ?? id));
        const hint = near
          .slice(0, 8)
          .map(({ check }) => check.id)
          .join('\n  ');
        throw new UsageError(
          `there is no check "${id}"`,
          hint === '' ? '`postern list --checks` lists them all.' : `Close to it:\n  ${hint}`,
        );
      }
      const { loaded, check } = found;
      const { scenario } = loaded;
      const twin = check.expect.refused === undefined ? null : twinOf(check, loaded.checks);
      const deviations = loadDeviations(ROOT, new Set(declared.map((entry) => entry.check.id))).filter(
        (entry) => entry.check === id,
      );
      const rows: [string, string | null][] = [
        ['check', check.id],
        ['scenario', scenario.title],
        ['why', scenario.why],
        ['reported', scenario.reported.join(', ')],
        ['affected', scenario.affected],
        ['level', `${scenario.level}${scenario.blocker ? ', holds a release' : ''}`],
        ['written in', `${check.place.file}:${check.place.line}:${check.place.column}`],
        ['expected', sayExpectation(check.expect)],
        ['because', check.step.because ?? null],
        [
          'hardened',
          check.step.hardened === undefined
            ? null
            : `${check.step.hardened.range}: ${sayExpectation(check.step.hardened.expect)} (${check.step.hardened.because})`,
        ],
        ['symptom', check.step.symptom === undefined ? null : sayExpectation(check.step.symptom)],
        ['twin', twin === null ? null : `${twin.id}: ${sayExpectation(twin.expect)}`],
        ['remedy', check.remedy === null ? null : `${check.remedy.say} (${OUTCOME_WORDS[outcomeOf(check.remedy)]})`],
        [
          'deviation',
          deviations.length === 0
            ? null
            : deviations.map((entry) => `${entry.versions}: ${entry.reason} (${entry.link})`).join('; '),
        ],
        ['repeat', `npx postern run --only ${scenario.id}`],
      ];
      for (const [label, text] of rows) if (text !== null) output.say(`${label.padEnd(11)} ${text}`);
    });
}
