import { markdownTable } from '../report/markdown/markdown-table.ts';
import { code, prose } from '../report/markdown/markdown-text.ts';
import { comparisonChapter, findingsChapter } from '../survey/survey-markdown.ts';
import type { SettingChange, SettingsComparison } from './compare.ts';
import { PLAIN } from './configurations.ts';
import { compareAccess, sayAccess } from './level.ts';
import type { SettingsReport } from './report.ts';
import type { ConfigurationSeen, SeenSettings } from './seen-settings.ts';
import { sayWhere } from './setting-property.ts';

/** What every knock comes to on the plain gateway. */
export function plainTable({ configurations }: SeenSettings): string[] {
  const plain = configurations.find(({ id }) => id === PLAIN);
  return markdownTable(
    ['knock', 'comes to'],
    (plain?.knocks ?? []).map((knock) => [code(knock.knock), prose(sayAccess(knock))]),
  );
}

/** Every other configuration: which knocks it opens and closes, compared with the plain gateway, and of what the audit warns. */
export function configurationsTable({ configurations }: SeenSettings): string[] {
  const plain = configurations.find(({ id }) => id === PLAIN);
  return markdownTable(
    ['configuration', 'opens to', 'closes to', 'the audit warns of'],
    configurations
      .filter(({ id }) => id !== PLAIN)
      .map((seen) => {
        if (!seen.runs) return [code(seen.id), 'does not start', prose(seen.why), ''];
        const { opened, closed } = differenceTo(plain, seen);
        const audit = seen.warnings === null ? '' : prose(seen.warnings.join(', ') || 'nothing');
        return [code(seen.id), prose(opened.join(', ')), prose(closed.join(', ')), audit];
      }),
  );
}

function differenceTo(
  plain: ConfigurationSeen | undefined,
  { knocks }: ConfigurationSeen,
): { opened: string[]; closed: string[] } {
  const compared = knocks.flatMap((knock) => {
    const before = plain?.knocks.find((each) => each.knock === knock.knock);
    return before === undefined ? [] : [{ knock, order: compareAccess(knock, before) }];
  });
  const opened = compared.filter(({ order }) => order === 1);
  const closed = compared.filter(({ order }) => order === -1);
  return {
    opened: opened.map(({ knock }) => `${knock.knock} (${sayAccess(knock)})`),
    closed: closed.map(({ knock }) => knock.knock),
  };
}

const TITLES: Readonly<Record<SettingChange['kind'], string>> = {
  weakened: 'more open',
  undecided: 'not known',
  new: 'new',
  tightened: 'less open',
  gone: 'gone',
};

/** The differences of a comparison as a table: a row for all configurations at which the same changed in the same way. */
export function comparisonTable({ settings }: SettingsComparison): string[] {
  const alike = Map.groupBy(settings, ({ kind, knock, was, is }) => JSON.stringify([kind, knock, was, is]));
  return markdownTable(
    ['change', 'knock', 'configurations', 'was', 'is'],
    [...alike.values()].flatMap((group) =>
      group
        .slice(0, 1)
        .map(({ kind, knock, was, is }) => [
          TITLES[kind],
          knock === null ? '' : code(knock),
          group.map(({ configuration }) => code(configuration)).join(', '),
          prose(was),
          prose(is),
        ]),
    ),
  );
}

/** settings.md: the report of one gateway, to read. */
export function renderSettings({ seen, findings, withheld, comparison }: SettingsReport): string {
  return [
    `# What each access setting opens: openclaw ${prose(seen.version)}`,
    '',
    ...findingsChapter(
      ['property', 'where', 'seen'],
      findings.map(({ statement, seen: what, ...where }) => [prose(statement), code(sayWhere(where)), prose(what)]),
      { withheld, parts: 'knocks' },
    ),
    ...(comparison === null ? [] : comparisonChapter(comparison, comparisonTable(comparison))),
    '## Configurations',
    '',
    ...configurationsTable(seen),
    '## The plain gateway',
    '',
    ...plainTable(seen),
  ].join('\n');
}
