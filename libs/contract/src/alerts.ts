import { ALERT_STATUSES, RULE_CODES, SEVERITIES } from '@muckwatch/domain';
import { z } from 'zod';
import { id, pageOf, pageQuery, prose, time } from './common.js';
import { placeKind } from './places.js';

export const ruleCode = z.enum(RULE_CODES);
export const severity = z.enum(SEVERITIES);
export const alertStatus = z.enum(ALERT_STATUSES);

/** An alert as screens see it: one episode of one rule by one truck. A lead, not evidence, until a person has confirmed it. */
export const alert = z
  .object({
    id: z.string().meta({ description: 'rule:subject:scope:began', example: 'spill:truck-7:-:1795439050000' }),
    version: z.number().int().meta({ description: 'Grows with every change; keep the greater' }),
    incident: z.string().meta({ description: 'Alerts of one haul, or of one truck with gaps of at most 2 h, share it' }),
    rule: ruleCode,
    severity,
    status: alertStatus,
    cleared: z.boolean().meta({ description: 'The episode has ended' }),
    truck: z.object({ id: id.nullable(), plate: z.string().nullable() }),
    company: z.object({ id, name: z.string() }).nullable(),
    place: z.object({ id, kind: placeKind, name: z.string(), distanceM: z.number().meta({ description: '0 when inside' }) }).nullable(),
    began: time,
    ended: time.nullable(),
    late: z.boolean(),
    contradicted: z
      .object({ at: time, reason: z.string(), reasonZh: z.string() })
      .nullable()
      .meta({ description: 'Fuller data no longer supports it, and why' }),
    changedSinceDecided: z.boolean().meta({ description: 'Judging again changed it after a person had decided it' }),
    snoozed: z.boolean().meta({ description: 'Opened while its truck and rule were snoozed: recorded, rings nobody' }),
    openedAt: time,
    summary: z.object({ zh: z.string(), en: z.string() }),
    position: z.object({ lat: z.number(), lon: z.number() }),
    evidence: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
    putRight: z
      .object({ at: time, commandId: id })
      .nullable()
      .meta({ description: 'The episode ended within the time given after a word to the driver: the command that was the word' }),
    assignee: z
      .object({ id, name: z.string() })
      .nullable()
      .meta({ description: 'Who has the incident in hand: the same for all its alerts that were there when it was given' }),
    decision: z.object({ by: z.string(), at: time, reason: z.string().nullable() }).nullable().meta({ description: 'Who took the last step, when and why' }),
  })
  .meta({ id: 'Alert' });
export type Alert = z.infer<typeof alert>;

export const trackPoint = z
  .object({
    at: time,
    lat: z.number(),
    lon: z.number(),
    speedKmh: z.number().nullable(),
    headingDeg: z.number().nullable(),
    loadKg: z.number().nullable(),
    loadState: z.enum(['empty', 'half', 'full', 'fault']).nullable(),
    bedAngleDeg: z.number().nullable(),
    bed: z.enum(['down', 'raised', 'fault']).nullable(),
    cover: z.enum(['closed', 'open', 'fault']).nullable(),
    ignition: z.boolean().nullable(),
    late: z.boolean(),
    doubt: z.string().nullable(),
  })
  .meta({ id: 'TrackPoint' });
export type TrackPoint = z.infer<typeof trackPoint>;

export const track = z
  .object({
    truckId: id,
    from: time,
    to: time,
    total: z.number().int().meta({ description: 'Points stored; fewer are given when it was simplified' }),
    points: z.array(trackPoint),
  })
  .meta({ id: 'Track' });
export type Track = z.infer<typeof track>;

export const alertStepRecord = z
  .object({ at: time, by: z.string(), step: z.enum(['acknowledge', 'dismiss', 'confirm', 'reopen', 'assign']), reason: z.string().nullable() })
  .meta({ id: 'AlertStepRecord', description: '`assign`: given to the person whom `reason` names, to nobody where it is null' });
export type AlertStepRecord = z.infer<typeof alertStepRecord>;

export const haul = z
  .object({
    id: z.string(),
    truck: z.object({ id, plate: z.string() }),
    company: z.object({ id, name: z.string() }).nullable(),
    site: z.object({ id, name: z.string() }).nullable(),
    yard: z.object({ id, name: z.string() }).nullable(),
    departedAt: time,
    arrivedAt: time.nullable(),
    bedUpAt: time.nullable().meta({ description: 'When the bed went up: since it arrived, else since it departed' }),
    unloadedAt: time.nullable(),
    distanceKm: z
      .number()
      .nullable()
      .meta({ description: 'Driven from the departure to the arrival, from fix to fix; below 3 km/h nothing is added. Null while it is under way' }),
    peakLoadKg: z.number().nullable(),
    ended: z.enum(['delivered', 'dumped', 'unknown']).nullable(),
    endedAt: time.nullable(),
    inferred: z.boolean().meta({ description: 'Load unknown: told from the visits alone' }),
    permitId: z.string().nullable().meta({ description: 'The one active permit that names its site' }),
  })
  .meta({ id: 'Haul' });
export type HaulResource = z.infer<typeof haul>;

/** A longer series is thinned to so many points: those at which its track bends most. */
export const SERIES_MOST = 2_000;

/** One alert with everything around it. */
export const alertDetail = alert
  .extend({
    limits: z.record(z.string(), z.number()).meta({ description: 'The limits it was judged by' }),
    series: z.array(trackPoint).meta({ description: `Reports from 2 min before to 2 min after, thinned to ${SERIES_MOST} where there are more` }),
    steps: z.array(alertStepRecord),
    related: z.array(alert).meta({ description: 'The other alerts of the incident' }),
    haul: haul.nullable(),
    sealed: z.object({ at: time, sha256: z.string() }).nullable().meta({ description: 'When and as what the evidence was sealed' }),
  })
  .meta({ id: 'AlertDetail' });
export type AlertDetail = z.infer<typeof alertDetail>;

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const alertQuery = pageQuery.extend({
  status: alertStatus.optional(),
  rule: ruleCode.optional(),
  truck: id.optional(),
  place: id.optional(),
  company: id.optional(),
  site: id.optional().meta({ description: 'Where the load came from' }),
  contradicted: flag.optional(),
  ended: flag.optional().meta({ description: 'true: its episode has ended' }),
  from: time.optional(),
  to: time.optional(),
});
export type AlertQuery = z.infer<typeof alertQuery>;
export const alertPage = pageOf(alert).meta({ id: 'AlertPage' });

export const assignBody = z
  .strictObject({ accountId: id.nullable().meta({ description: 'null: to nobody' }) })
  .meta({ id: 'AssignBody', description: 'Given to somebody who decides alerts and sees this one' });
export type AssignBody = z.infer<typeof assignBody>;
export const assigneeList = z.object({ items: z.array(z.object({ accountId: id, name: z.string() })) }).meta({ id: 'AssigneeList' });
export const alertList = z.object({ items: z.array(alert) }).meta({ id: 'AlertList' });

export const reasonBody = z.strictObject({ reason: prose(500) }).meta({ id: 'ReasonBody' });

export const haulQuery = pageQuery.extend({
  truck: id.optional(),
  company: id.optional(),
  site: id.optional(),
  yard: id.optional(),
  from: time.optional(),
  to: time.optional(),
});
export type HaulQuery = z.infer<typeof haulQuery>;
export const haulPage = pageOf(haul).meta({ id: 'HaulPage' });

export const trackQuery = z.object({ from: time.optional(), to: time.optional(), maxPoints: z.coerce.number().int().min(2).max(20_000).default(2_000) });
export type TrackQuery = z.infer<typeof trackQuery>;

export const ruleResource = z
  .object({
    code: ruleCode,
    name: z.object({ zh: z.string(), en: z.string() }),
    description: z.object({ zh: z.string(), en: z.string() }),
    severity,
    limits: z.record(z.string(), z.number()),
    defaults: z.record(z.string(), z.number()),
  })
  .meta({ id: 'Rule' });
export type RuleResource = z.infer<typeof ruleResource>;
export const ruleList = z.object({ items: z.array(ruleResource) }).meta({ id: 'RuleList' });
export const ruleLimitsBody = z.strictObject({ limits: z.record(z.string(), z.number()), reason: prose(500) }).meta({ id: 'RuleLimitsBody' });

/** One truck's alerts of one rule ring nobody until a time, e.g. while it is in the workshop. */
export const snooze = z
  .object({ id: z.string(), truckId: id, rule: ruleCode, until: time, reason: z.string(), by: z.string(), createdAt: time, endedAt: time.nullable() })
  .meta({ id: 'Snooze' });
export type Snooze = z.infer<typeof snooze>;
export const snoozeBody = z.strictObject({ truckId: id, rule: ruleCode, until: time, reason: prose(500) }).meta({ id: 'SnoozeBody' });
export type SnoozeBody = z.infer<typeof snoozeBody>;
export const snoozeList = z.object({ items: z.array(snooze) }).meta({ id: 'SnoozeList' });
