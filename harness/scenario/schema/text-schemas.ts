import { z } from 'zod';
import { isPlainLine } from '../../text/control-characters.ts';
import { RELEASE } from '../releases/range.ts';

/** A text for readers, in a scenario or a list: one line of visible characters, not empty. */
export const words = z
  .string()
  .min(1)
  .refine(isPlainLine, 'one line without control characters and others that cannot be seen');

/** A published release; no other reference to a gateway. */
export const releaseText = z
  .string()
  .regex(new RegExp(`^${RELEASE.source}$`), 'a published version such as "2026.4.1"');

/** A part of an id: lower-case words joined by hyphens. */
export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
export const environmentVariable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'an environment variable');
