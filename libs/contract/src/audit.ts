import { z } from 'zod';
import { pageOf, pageQuery, time } from './common.js';

/** What one person did, changed or took away. Rows are never changed; each minute is sealed over its rows and the seal before. */
export const auditRow = z
  .object({
    seq: z.number().int(),
    at: time,
    accountId: z.string().nullable(),
    username: z.string().nullable(),
    role: z.string().nullable(),
    address: z.string().nullable(),
    action: z.string().meta({ description: 'Method and route, or what the server did by itself', example: 'POST /api/v1/alerts/:id/confirm' }),
    target: z.string().nullable().meta({ description: 'What it was done to', example: 'spill:truck-7:-:1795439050000' }),
    status: z.number().int().nullable().meta({ description: 'What was answered' }),
    detail: z.record(z.string(), z.unknown()).nullable().meta({ description: 'What was said, without passwords and secrets' }),
    hash: z.string(),
  })
  .meta({ id: 'AuditRow' });
export type AuditRow = z.infer<typeof auditRow>;
export const auditQuery = pageQuery.extend({
  username: z.string().max(64).optional(),
  action: z.string().max(120).optional().meta({ description: 'A piece of it' }),
  target: z.string().max(200).optional(),
  from: time.optional(),
  to: time.optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;
export const auditPage = pageOf(auditRow).meta({ id: 'AuditPage' });

export const auditVerdict = z
  .object({
    ok: z.boolean(),
    rows: z.number().int(),
    seals: z.number().int(),
    lastSeal: z.object({ at: time, sha256: z.string() }).nullable(),
    faults: z.array(z.object({ seq: z.number().int().nullable(), at: time.nullable(), what: z.string() })),
  })
  .meta({ id: 'AuditVerdict' });
export type AuditVerdict = z.infer<typeof auditVerdict>;
