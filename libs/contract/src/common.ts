import { z } from 'zod';
import { matching } from './saying.js';

/** Ids are given by the caller or made when absent. */
export const id = z
  .string()
  .check(matching(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1–64 of A–Z, a–z, 0–9, _ and -', '只能用字母、数字、_ 和 -，1～64 位'))
  .meta({ description: 'Identifier: 1–64 of A–Z, a–z, 0–9, _ and -', example: 'yard-12' });

/** RFC 3339 in UTC, as every answer bears it. */
export const time = z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339', example: '2026-11-23T13:04:10.000Z' });

/** PostgreSQL stores no U+0000, and no name needs a control character. */

export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .check(matching(/^[^\u0000-\u001f\u007f]*$/, 'must not contain control characters', '不能含有控制字符'));

/** Text of a person, lines allowed. */

export const prose = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .check(matching(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'must not contain control characters', '不能含有控制字符'));

export const pageQuery = z.object({
  cursor: z.string().max(512).optional().meta({ description: 'nextCursor of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

export const importAnswer = z
  .object({
    items: z.array(
      z.object({
        id,
        result: z.enum(['created', 'changed', 'unchanged']),
        secret: z.string().optional().meta({ description: 'Only where one was made or given for a new terminal or camera; shown once' }),
      }),
    ),
  })
  .meta({ id: 'ImportAnswer' });
export type ImportAnswer = z.infer<typeof importAnswer>;
