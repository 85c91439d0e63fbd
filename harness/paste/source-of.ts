import type { Source } from './facts.ts';
import type { Statement } from './statement.ts';

/** How far what a line says can be relied on. */
export function sourceOf({ speaker, form }: Pick<Statement, 'speaker' | 'form'>): Source {
  if (speaker === 'answer') return 'claimed-by-answer';
  return form === 'output' || form === 'config' ? 'printed' : 'stated';
}
