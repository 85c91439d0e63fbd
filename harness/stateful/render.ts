import { PROVED_VIOLATIONS } from './known-violations.ts';
import { writePath } from './path.ts';
import { SEQUENCE_PROPERTIES } from './properties.ts';
import type { SearchResult } from './search.ts';

/**
 * The result of a search as text for a terminal: the number of actions, the properties that applied, and the violation. `again` is the
 * command line of the search, without its seed.
 */
export function printSearch(result: SearchResult, again: string): string {
  const { version, seed, asked, runs, actions, wallMs, violation } = result;
  const total = [...actions.values()].reduce((sum, count) => sum + count, 0);
  const lines = [
    `openclaw ${version}: ${total} commands in ${runs} of ${asked} runs, ${Math.round(wallMs / 1000)} s, seed ${seed}`,
    `  ${[...actions].map(([kind, count]) => `${kind} ${count}`).join(', ')}`,
    '',
    ...propertyLines(result),
  ];
  if (violation === null && runs < asked)
    lines.push(
      '',
      `Time was up after ${runs} of ${asked} runs, so the result is incomplete (exit 3). Give more --minutes, or fewer --runs.`,
    );
  if (violation === null) return `${lines.join('\n')}\n`;
  const { property, breach, path, shrinks } = violation;
  lines.push(
    '',
    `Broken: ${property.statement} (${property.id})`,
    '',
    `The shortest sequence that breaks it, after ${shrinks} shrinking steps:`,
    ...violation.actions.map(({ said, seen }, index) => `  ${index + 1}. ${said}\n     ${seen}`),
    '',
    `expected  ${breach.expected}`,
    `seen      ${breach.seen}`,
    `again     ${again} --seed ${seed} --path ${writePath(path)}`,
  );
  return `${lines.join('\n')}\n`;
}

function propertyLines({ held, known, violation }: SearchResult): string[] {
  const asked = SEQUENCE_PROPERTIES.filter(({ id }) => held.has(id));
  const lines = ['How often each property applied:'];
  for (const { id, statement } of asked) {
    const broken = known.get(id) ?? 0;
    const entry = PROVED_VIOLATIONS.find(({ property }) => property === id);
    const note =
      broken > 0
        ? ` Broken ${broken} times, as known for this release: ${entry?.reported}, ${entry?.scenario}.`
        : violation?.property.id === id
          ? ' Broken.'
          : '';
    lines.push(`  ${`${held.get(id)}`.padStart(6)}  ${statement}${note}`);
  }
  const left = SEQUENCE_PROPERTIES.filter((property) => !asked.includes(property));
  if (left.length > 0)
    lines.push('These properties never applied:', ...left.map(({ statement }) => `          ${statement}`));
  return lines;
}
