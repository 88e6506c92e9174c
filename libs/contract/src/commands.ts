import { COMMAND_KINDS, COMMAND_STATUSES } from '@muckwatch/domain';
import { z } from 'zod';
import { ruleCode } from './alerts.js';
import { id, pageOf, pageQuery, prose, time } from './common.js';
import { saying } from './saying.js';

export const commandKind = z.enum(COMMAND_KINDS);
export const commandStatus = z.enum(COMMAND_STATUSES);

/** What was asked of a terminal, and how far it got. */
export const command = z
  .object({
    id,
    version: z.number().int().meta({ description: 'Grows with every change; keep the greater' }),
    kind: commandKind,
    status: commandStatus,
    truck: z.object({ id, plate: z.string() }),
    terminalId: id,
    text: z.string().nullable(),
    seconds: z.number().int().nullable(),
    kmh: z.number().nullable(),
    alertId: z.string().nullable(),
    reason: z.string().nullable(),
    askedBy: z.string(),
    askedAt: time,
    decidedBy: z.string().nullable().meta({ description: 'Who approved or refused a control' }),
    decidedAt: time.nullable(),
    expiresAt: time.meta({ description: 'Past it, it is never sent' }),
    releasesAt: time.nullable().meta({ description: 'A control is released by itself then' }),
    releasedBy: id.nullable().meta({ description: 'The command that released it' }),
    waitsFor: z.enum(['approval', 'terminal', 'standing']).nullable().meta({ description: 'What it waits for' }),
    automatic: z.boolean().meta({ description: 'A word to the driver that no person asked for' }),
    steps: z.array(z.object({ at: time, status: commandStatus, detail: z.string().nullable() })),
    correction: z
      .object({ until: time, putRightAt: time.nullable() })
      .nullable()
      .meta({ description: 'Of a word to the driver: by when it should be put right, and when it was' }),
    photo: z.object({ url: z.string() }).nullable(),
  })
  .meta({ id: 'CommandResource' });
export type CommandResource = z.infer<typeof command>;

export const commandBody = z
  .strictObject({
    truckId: id,
    kind: commandKind,
    text: prose(500).nullish(),
    seconds: z.number().int().min(1).max(3_600).nullish(),
    kmh: z.number().min(0).max(120).nullish(),
    alertId: z.string().max(200).nullish(),
    reason: prose(500).nullish(),
    expiresInS: z.number().int().min(10).max(86_400).default(300),
    releasesInS: z.number().int().min(60).max(86_400).nullish().meta({ description: 'Of a control; needed' }),
  })
  .refine((c) => !['speak', 'display'].includes(c.kind) || c.text, { path: ['text'], ...saying('is needed', '必须填写') })
  .refine((c) => c.kind !== 'set-interval' || c.seconds, { path: ['seconds'], ...saying('is needed', '必须填写') })
  .refine((c) => c.kind !== 'limit-speed' || (c.kmh ?? null) !== null, { path: ['kmh'], ...saying('is needed', '必须填写') })
  .refine((c) => !['limit-lift', 'limit-speed'].includes(c.kind) || c.releasesInS, {
    path: ['releasesInS'],
    ...saying('is needed: a control ends by itself', '必须填写：管控到时自动解除'),
  })
  .refine((c) => !['limit-lift', 'limit-speed'].includes(c.kind) || c.reason, { path: ['reason'], ...saying('is needed for a control', '申请管控必须填写') })
  .meta({ id: 'CommandBody' });
export type CommandBody = z.infer<typeof commandBody>;

export const commandQuery = pageQuery.extend({
  truck: id.optional(),
  alert: z.string().max(200).optional(),
  status: commandStatus.optional(),
});
export type CommandQuery = z.infer<typeof commandQuery>;
export const commandPage = pageOf(command).meta({ id: 'CommandPage' });

/** After which words a violation was put right: the law is lenient with a first minor one that is put right in time. */
export const wordStatsQuery = z.object({ from: time.optional(), to: time.optional() });
export type WordStatsQuery = z.infer<typeof wordStatsQuery>;
export const wordStats = z
  .object({
    items: z.array(
      z.object({
        rule: ruleCode,
        told: z.number().int().meta({ description: 'Words about its alerts that were sent' }),
        done: z.number().int().meta({ description: 'Of these, how many the terminal said were spoken' }),
        putRight: z.number().int().meta({ description: 'Of these, after how many the episode ended in time' }),
      }),
    ),
  })
  .meta({ id: 'WordStats' });
export type WordStats = z.infer<typeof wordStats>;
