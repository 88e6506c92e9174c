import { z } from 'zod';
import { ruleCode, severity } from './alerts.js';
import { id, time } from './common.js';
import { placeKind } from './places.js';

/** What to judge once more, and by which limits. */
export const labBody = z
  .strictObject({
    from: time,
    to: time,
    limits: z
      .record(z.string(), z.record(z.string(), z.number()))
      .meta({ description: 'Limits by rule and name; what is left out is in force as it was', example: { speeding: { loadedKmh: 50 } } }),
    rules: z.array(ruleCode).nullish().meta({ description: 'Absent or empty: every rule' }),
    truckIds: z.array(id).max(5_000).nullish().meta({ description: 'Absent or empty: every truck' }),
  })
  .meta({ id: 'LabBody' });
export type LabBody = z.infer<typeof labBody>;

export const labAlert = z
  .object({
    change: z.enum(['kept', 'gained', 'lost']).meta({ description: 'Found under both, only under the limits tried, or only as stored' }),
    alertId: z.string().nullable().meta({ description: 'The stored alert' }),
    rule: ruleCode,
    severity,
    truck: z.object({ id, plate: z.string() }),
    place: z.object({ id, kind: placeKind, name: z.string(), distanceM: z.number() }).nullable(),
    began: time,
    ended: time.nullable(),
    position: z.object({ lat: z.number(), lon: z.number() }),
    summary: z.object({ zh: z.string(), en: z.string() }),
  })
  .meta({ id: 'LabAlert' });
export type LabAlert = z.infer<typeof labAlert>;

export const labRun = z
  .object({
    id,
    by: z.string(),
    state: z.enum(['running', 'done', 'stopped', 'failed']),
    fault: z.string().nullable(),
    startedAt: time,
    endedAt: time.nullable(),
    asked: labBody,
    progress: z.object({ trucks: z.number().int(), trucksDone: z.number().int(), reports: z.number().int() }),
    counts: z.array(z.object({ rule: ruleCode, kept: z.number().int(), gained: z.number().int(), lost: z.number().int() })),
    alerts: z.array(labAlert).meta({ description: 'Those that differ first; the newest 2,000 of each kind' }),
  })
  .meta({ id: 'LabRun' });
export type LabRun = z.infer<typeof labRun>;
export const labRuns = z.object({ items: z.array(labRun.omit({ alerts: true })) }).meta({ id: 'LabRuns' });
