import { z } from 'zod';
import { time } from './common.js';

export const fieldChange = z
  .object({
    field: z.string(),
    from: z.unknown().meta({ description: 'null: nothing was said' }),
    to: z.unknown().meta({ description: 'null: nothing is said any more. Of a secret neither is told, of `geometry` only `{ points }`' }),
  })
  .meta({ id: 'FieldChange' });
export type FieldChange = z.infer<typeof fieldChange>;

/** One change of one thing of the registry. */
export const edit = z
  .object({
    at: time,
    by: z.string().meta({ description: 'The account’s name to sign in with' }),
    reason: z.string().nullable().meta({ description: 'null: none was asked for' }),
    what: z.enum(['created', 'changed', 'retired', 'restored']),
    changes: z.array(fieldChange),
  })
  .meta({ id: 'Edit' });
export type Edit = z.infer<typeof edit>;

/** The newest edits there are; older ones than these stay stored. */
export const MOST_EDITS = 200;
export const editPage = z.object({ items: z.array(edit).meta({ description: `Newest first, at most ${MOST_EDITS}` }) }).meta({ id: 'EditPage' });
export type EditPage = z.infer<typeof editPage>;

/** What an import would do, row by row; nothing is written. */
export const importPreview = z
  .object({
    items: z.array(
      z.object({
        row: z.number().int().meta({ description: 'Counted from 1, without the header' }),
        id: z.string().nullable().meta({ description: 'As the row says it; null: it says none' }),
        result: z.enum(['created', 'changed', 'unchanged', 'bad']),
        changes: z.array(fieldChange).meta({ description: 'Of a row that changes something' }),
        faults: z.array(z.object({ path: z.string(), message: z.string() })).meta({ description: 'Of a bad row: each field with its value' }),
      }),
    ),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreview>;
