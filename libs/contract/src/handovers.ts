import { z } from 'zod';
import { alertStatus, ruleCode, severity } from './alerts.js';
import { id, pageOf, pageQuery, prose, time } from './common.js';

const bySeverity = z.object({ critical: z.number().int(), serious: z.number().int(), minor: z.number().int() });

/** What the leaving shift leaves behind, counted by the server at one moment. */
export const handoverFacts = z
  .object({
    opened: bySeverity.meta({ description: 'Alerts opened in the shift, without snoozed and contradicted ones' }),
    decided: z.array(z.object({ rule: ruleCode, confirmed: z.number().int(), dismissed: z.number().int() })).meta({ description: 'In the shift, by rule' }),
    undecided: bySeverity.meta({ description: 'Incidents still open or in hand, by their worst alert' }),
    incidents: z
      .array(
        z.object({
          incident: z.string(),
          alertId: z.string().meta({ description: 'The worst undecided alert of it' }),
          plate: z.string().nullable(),
          rule: ruleCode,
          severity,
          status: alertStatus,
          began: time,
          assignee: z.string().nullable(),
        }),
      )
      .meta({ description: 'The undecided ones, worst first; at most 100' }),
    snoozes: z.array(z.object({ plate: z.string(), rule: ruleCode, until: time, reason: z.string() })).meta({ description: 'In force; at most 100' }),
  })
  .meta({ id: 'HandoverFacts' });
export type HandoverFacts = z.infer<typeof handoverFacts>;

export const handover = z
  .object({
    id,
    since: time,
    at: time,
    by: z.object({ id, name: z.string() }),
    words: z.string().nullable(),
    facts: handoverFacts,
    taken: z.object({ by: z.object({ id, name: z.string() }), at: time }).nullable(),
  })
  .meta({ id: 'Handover' });
export type Handover = z.infer<typeof handover>;
export const handoverPage = pageOf(handover).meta({ id: 'HandoverPage' });
export const handoverQuery = pageQuery;

export const draftQuery = z.object({ since: time.meta({ description: 'When the shift began; at most 24 h ago' }) });
export const handoverBody = z.strictObject({ since: time, words: prose(2_000).nullish() }).meta({ id: 'HandoverBody' });
export type HandoverBody = z.infer<typeof handoverBody>;
