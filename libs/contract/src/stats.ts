import { z } from 'zod';
import { ruleCode } from './alerts.js';
import { id, pageOf, time } from './common.js';
import { FIGURE_IDS, METRIC_IDS } from './figures.js';
import { matching } from './saying.js';

export const PERIODS = ['today', 'night', 'week', 'last-week', 'month', 'last-month'] as const;
export const periodName = z.enum(PERIODS).meta({ description: 'By the city’s clock; `night` is the last shift from 20:00 to 08:00, a week begins on Monday' });
export type PeriodName = z.infer<typeof periodName>;
export const statsQuery = z.object({ period: periodName.default('today') });
export type StatsQuery = z.infer<typeof statsQuery>;

const count = z.number().int();
export const stretch = z.object({ from: time, to: time });
/** What is counted, and the same stretch that it is held against: a week earlier, of a month the month before. */
export const period = stretch
  .extend({ name: z.string().meta({ description: 'As it was asked for; of a report the week' }), before: stretch })
  .meta({ id: 'Period' });
export type Period = z.infer<typeof period>;

/** A number of this period and of the one before. */
const pair = z.object({ now: z.number(), before: z.number() });
export type Pair = z.infer<typeof pair>;
const volume = z.number().nullable().meta({ description: 'Null: loads were delivered, and of no truck is the box known' });

/** A company or a site: by what went wrong in relation to what was hauled. */
export const ranked = z
  .object({
    id,
    name: z.string(),
    loads: count,
    volumeM3: volume,
    alerts: count.meta({ description: 'All that the rules found, contradicted ones left out' }),
    confirmed: count,
    spilt: count.meta({ description: 'Of the confirmed: spilt loads' }),
    confirmedPer100: z.number().nullable().meta({ description: 'Null: no load is known' }),
    spiltPer100: z.number().nullable(),
  })
  .meta({ id: 'Ranked' });
export type Ranked = z.infer<typeof ranked>;

const response = z.object({
  count: count.meta({ description: 'Alerts opened in the period that a person has looked at' }),
  waiting: count.meta({ description: 'Those that nobody has' }),
  medianS: z.number().nullable(),
  p95S: z.number().nullable(),
});

export const cityOverview = z
  .object({
    at: time,
    period,
    open: z
      .object({ critical: count, serious: count, minor: count })
      .meta({ description: 'Incidents that wait for a decision now, each by its gravest alert' }),
    fleet: z.object({ trucks: count, heard: count, silent: count }),
    alerts: pair,
    confirmed: pair,
    loads: pair,
    volumeM3: z.object({ now: volume, before: volume }),
    estimatedLoads: count.meta({ description: 'Delivered by trucks whose box is not known: counted as the fleet’s median' }),
    response: z.object({ now: response, before: response }),
    byRule: z.array(z.object({ rule: ruleCode, now: count, before: count })),
    byHour: z
      .array(z.object({ day: z.string(), hour: count, alerts: count }))
      .meta({ description: 'Hours of the city’s clock; those without alerts are left out' }),
    companies: z.array(ranked),
    sites: z.array(ranked),
  })
  .meta({ id: 'CityOverview' });
export type CityOverview = z.infer<typeof cityOverview>;

export const rulePrecision = z
  .object({
    rule: ruleCode,
    confirmed: count,
    dismissed: count,
    contradicted: count.meta({ description: 'Fuller data took it back: counted apart, neither right nor wrong by a person' }),
    undecided: count,
    precision: z.number().nullable().meta({ description: 'confirmed / (confirmed + dismissed)' }),
    low: z.number().nullable().meta({ description: 'Wilson, 95 %' }),
    high: z.number().nullable(),
    few: z.boolean().meta({ description: 'Fewer than 20 were reviewed: the share says little' }),
    reasons: z.array(z.object({ reason: z.string(), count })).meta({ description: 'Why they were dismissed, the commonest first' }),
  })
  .meta({ id: 'RulePrecision' });
export type RulePrecision = z.infer<typeof rulePrecision>;
export const precisionAnswer = z.object({ period, items: z.array(rulePrecision) }).meta({ id: 'Precision' });
export type PrecisionAnswer = z.infer<typeof precisionAnswer>;

/** Numerator, denominator, and their quotient where there is one. */
export const ratio = z.object({ n: z.number(), d: z.number(), share: z.number().nullable() }).meta({ id: 'Ratio' });
export type Ratio = z.infer<typeof ratio>;

const metrics = z.object(Object.fromEntries(METRIC_IDS.map((one) => [one, ratio])) as Record<(typeof METRIC_IDS)[number], typeof ratio>);
export const qualityRow = z
  .object({
    id: z.string(),
    name: z.string(),
    company: z.string().nullable().meta({ description: 'Of a terminal: whose truck bears it' }),
    metrics,
    latencyP50S: z.number().nullable().meta({ description: 'Seconds from fix to heard, what was stored on the way left out; the upper bound of its class' }),
    latencyP95S: z.number().nullable(),
    reports: count,
    buffered: count,
    onlineMinutes: count,
  })
  .meta({ id: 'QualityRow' });
export type QualityRow = z.infer<typeof qualityRow>;

export const qualityAnswer = z
  .object({
    period,
    until: time.nullable().meta({ description: 'The last full hour that is counted; null: none yet' }),
    city: qualityRow,
    platform: ratio.meta({ description: 'Minutes in which reports could be taken / minutes' }),
    companies: z.array(qualityRow),
    terminals: z.array(qualityRow),
  })
  .meta({ id: 'Quality' });
export type QualityAnswer = z.infer<typeof qualityAnswer>;

export const figure = z
  .object({
    id: z.enum(FIGURE_IDS),
    value: z.number().nullable().meta({ description: 'Null: it cannot be said' }),
    numerator: z.number(),
    denominator: z.number(),
    share: z.number().nullable(),
    estimated: count.nullable().meta({ description: 'How many of what was counted are estimates' }),
  })
  .meta({ id: 'Figure' });
export type Figure = z.infer<typeof figure>;
export const figuresAnswer = z.object({ period, items: z.array(figure) }).meta({ id: 'Figures' });
export type FiguresAnswer = z.infer<typeof figuresAnswer>;

export const week = z
  .string()
  .check(matching(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/, 'must be a week as ISO 8601 writes it', '必须是 ISO 8601 写法的周，如 2026-W47'))
  .meta({ description: 'ISO 8601', example: '2026-W48' });

/** All that a weekly report says. */
export const weeklyNumbers = z
  .object({ week, madeAt: time, overview: cityOverview, precision: precisionAnswer, quality: qualityAnswer, figures: figuresAnswer })
  .meta({ id: 'WeeklyNumbers' });
export type WeeklyNumbers = z.infer<typeof weeklyNumbers>;

export const weeklyQuery = z.object({ week, format: z.enum(['pdf', 'xlsx']).default('pdf') });
export type WeeklyQuery = z.infer<typeof weeklyQuery>;
export const reportRow = z.object({ week, from: time, to: time, madeAt: time }).meta({ id: 'ReportRow' });
export type ReportRow = z.infer<typeof reportRow>;
export const reportPage = pageOf(reportRow).meta({ id: 'ReportPage' });
export type ReportPage = z.infer<typeof reportPage>;
