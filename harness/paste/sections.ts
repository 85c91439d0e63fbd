import type { Line } from './clean-text.ts';
import { formOf } from './line-form.ts';
import { spokenBy } from './speakers.ts';
import type { Form, Statement } from './statement.ts';

/** Headings of forms: Markdown, or bold text on a line of its own. */
const HEADING = /^\s*#{1,6}\s+(.{2,80}?)\s*#*\s*$|^\s*\*\*([^*]{3,60})\*\*:?\s*$/;

const FENCE = /^\s*(?:`{3,}|~{3,})/;

/** What GitHub and triagers write into an empty field. */
const EMPTY_FIELD = /^\s*(?:_?no response_?|n\/?a|not_enough_info|not_relevant|none|-)\s*$/i;

/** A command behind "# " is what root typed, and no heading. */
const ROOT_COMMAND =
  /^\s*#\s+(?:openclaw|docker|podman|kubectl|systemctl|journalctl|curl|cat|ls|npm|npx|ssh|sudo|vi|nano)\b/;

function headingIn(text: string): string | null {
  if (ROOT_COMMAND.test(text)) return null;
  const [, marked, bold] = HEADING.exec(text) ?? [];
  return (marked ?? bold)?.toLowerCase() ?? null;
}

/**
 * Tells for each line of a report who says it and what it is. Lines of an empty field of a form are left out. Within a fenced block, and after
 * a prompt, a line that shows nothing by itself belongs to what is before it.
 */
export function sectionsOf(lines: readonly Line[]): Statement[] {
  const spoken = spokenBy(lines, (text) => formOf(text) === 'output');
  const statements: Statement[] = [];
  let fence: Exclude<Form, 'heading'> | null = null;
  let field = '';
  let before: Form = 'prose';
  let announced = false;
  for (const { number, text, speaker } of spoken) {
    if (FENCE.test(text)) {
      fence = fence === null ? 'output' : null;
      before = 'prose';
      continue;
    }
    if (text.trim() === '') {
      before = 'prose';
      continue;
    }
    const heading = fence === null ? headingIn(text) : null;
    if (heading !== null) {
      field = heading;
      before = 'heading';
      statements.push({ number, text, speaker, form: 'heading', field });
      continue;
    }
    if (EMPTY_FIELD.test(text)) continue;
    const own = formOf(text);
    const isIndented: boolean = /^\s\s+\S/.test(text) && before !== 'heading';
    // What is announced by a colon and indented is shown, and not said.
    const shown: Form = before === 'prose' && announced ? 'output' : before;
    const form: Form = own ?? fence ?? (isIndented ? shown : 'prose');
    if (fence !== null && own === 'config') fence = 'config';
    announced = form === 'prose' && text.endsWith(':');
    before = form;
    statements.push({ number, text, speaker, form, field });
  }
  return statements;
}
