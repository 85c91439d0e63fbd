import { z } from 'zod';

/** The JSON Schema of a file for its readers, draft 7: it allows fields that it does not know, because a version may gain some. */
export function readerSchema(schema: z.ZodType, about: { title: string; description: string }): object {
  return {
    ...z.toJSONSchema(schema, {
      target: 'draft-7',
      override({ jsonSchema }) {
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    }),
    ...about,
  };
}
