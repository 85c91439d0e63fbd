import { z } from 'zod';

/**
 * Text from outside of the harness: from a gateway, a command, a page, an engine or a person, or a text of the harness that quotes one of
 * them. The redactor finds such text by this schema object, and replaces secrets in it. Every other text is an id, a path or a word that the
 * harness made, and is never changed. Every string in a payload of unknown shape (`z.unknown()`) is free text.
 */
export const freeText = z.string();
