import { z } from 'zod';
import { isPlainLine } from '../text/control-characters.ts';
import { RELEASE } from './range.ts';

/** A text of a scenario or a list that people read: one line, and every character of it can be seen. */
export const words = z
  .string()
  .min(1)
  .refine(isPlainLine, 'one line without control characters and others that cannot be seen');

/** A published release, and nothing else that a gateway can be taken from. */
export const releaseText = z
  .string()
  .regex(new RegExp(`^${RELEASE.source}$`), 'a published version such as "2026.4.1"');

/** A name as ids are made of. */
export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
export const environmentVariable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'an environment variable');
