import { z } from 'zod';

/**
 * Text that is not ours: of a gateway, a command, a page, an engine, a person, or a sentence of ours that quotes one of them. Redaction
 * finds it by this very schema, and replaces secrets in it. Every other text is an id, a path or a word that the harness made, and is never
 * changed. A payload whose shape is not known (`z.unknown()`) is free text wherever it is text.
 */
export const freeText = z.string();
