import { NOTICE_STATUSES, NOTICE_STEPS, VOLUME_KINDS } from '@muckwatch/domain';
import { z } from 'zod';
import { ruleCode, severity } from './alerts.js';
import { role } from './auth.js';
import { id, pageOf, pageQuery, prose, text, time } from './common.js';
import { placeKind, hours } from './places.js';
import { matching } from './saying.js';

export const noticeStatus = z.enum(NOTICE_STATUSES);
export const noticeStepName = z.enum(NOTICE_STEPS);

/** How a person is told. The page itself is always one of them. */
export const CHANNEL_KINDS = ['page', 'email', 'wecom', 'dingtalk', 'feishu', 'webhook', 'sms'] as const;
export const channelKind = z.enum(CHANNEL_KINDS);
export type ChannelKind = z.infer<typeof channelKind>;

export const DELIVERY_STATUSES = ['queued', 'sending', 'sent', 'delivered', 'read', 'folded', 'held', 'given-up'] as const;
/** One message about a notice by one channel. */
export const delivery = z
  .object({
    id: z.string().meta({ description: 'Also told to the receiver, who sees a message twice only where our own record of it was lost' }),
    channel: channelKind,
    to: z.string().meta({ description: 'Shortened: nobody reads an address off a list' }),
    recipient: z.string(),
    status: z
      .enum(DELIVERY_STATUSES)
      .meta({ description: 'folded: counted in a digest instead; held: waits for the end of quiet hours; given-up: tried for long enough' }),
    queuedAt: time,
    sentAt: time.nullable(),
    readAt: time.nullable(),
    attempts: z.number().int(),
    nextAt: time.nullable().meta({ description: 'When it is tried again' }),
    answer: z.string().nullable().meta({ description: 'What the provider answered last' }),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof delivery>;

export const photo = z
  .object({ sha256: z.string(), type: z.string(), bytes: z.number().int(), url: z.string() })
  .meta({ id: 'Photo', description: 'Kept under its hash; `url` is below /api/v1' });
export const noticeStep = z
  .object({
    at: time,
    by: z.string(),
    step: noticeStepName.or(z.enum(['escalate', 'remind', 'overdue', 'withdraw', 'reopen', 'put-right', 'tell'])),
    text: z.string().nullable(),
    photos: z.array(photo),
  })
  .meta({ id: 'NoticeStep' });
export type NoticeStepRecord = z.infer<typeof noticeStep>;

export const noticeKind = z.union([ruleCode, z.enum(VOLUME_KINDS)]);

/** What one person was told about one incident (or one permit's volume), and how they answered. */
export const notice = z
  .object({
    id,
    number: z.string().meta({ description: 'As on paper', example: '20261128-0042' }),
    version: z.number().int().meta({ description: 'Grows with every change; keep the greater' }),
    kind: noticeKind.meta({ description: 'The gravest rule of it' }),
    severity,
    status: noticeStatus,
    incident: z.string().nullable(),
    alertIds: z.array(z.string()),
    repeats: z.number().int().meta({ description: 'Further alerts of the incident, told by updating this notice' }),
    recipient: z.object({ accountId: id, name: z.string(), role }),
    truck: z.object({ id: id.nullable(), plate: z.string().nullable() }),
    company: z.object({ id, name: z.string() }).nullable(),
    place: z.object({ id, kind: placeKind, name: z.string() }).nullable(),
    permit: z
      .object({
        id,
        volumeM3: z.number(),
        hauledM3: z.number(),
        hauls: z.number().int(),
        estimatedHauls: z.number().int().meta({ description: 'By trucks without a known box: counted as the fleet’s median' }),
      })
      .nullable(),
    summary: z.object({ zh: z.string(), en: z.string() }),
    position: z.object({ lat: z.number(), lon: z.number() }).nullable(),
    picture: z.object({ camera: id, sighting: z.string() }).nullable(),
    began: time,
    openedAt: time,
    readAt: time.nullable().meta({ description: 'When the recipient first opened it' }),
    deadline: time.nullable(),
    deadlineProblem: z.string().nullable().meta({ description: 'Why there is none: no working calendar was published for the year' }),
    overdue: z.boolean(),
    putRight: z
      .object({ at: time, afterWord: z.boolean() })
      .nullable()
      .meta({ description: 'The driver corrected it; `afterWord`: within the time set, after a word to him' }),
    answer: z
      .object({
        step: z.enum(['rectify', 'object']),
        at: time,
        by: z.string(),
        text: z.string().nullable().meta({ description: 'Its first 200 characters' }),
        photos: z.number().int(),
        objected: z.boolean().meta({ description: 'This answer or one before it was an objection' }),
      })
      .nullable()
      .meta({ description: 'The newest one; all of them stand in `steps`' }),
    review: z
      .object({
        step: z.enum(['accept', 'send-back']),
        at: time,
        by: z.string(),
        text: z.string().nullable().meta({ description: 'Its first 200 characters' }),
      })
      .nullable()
      .meta({ description: 'What a reviewer said last' }),
    escalatedFrom: z.string().nullable().meta({ description: 'Who did not acknowledge it in time' }),
    toldBy: z.string().nullable().meta({ description: 'The person who told this one by hand' }),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof notice>;

export const noticeDetail = notice
  .extend({
    rule: z.object({ name: z.object({ zh: z.string(), en: z.string() }), description: z.object({ zh: z.string(), en: z.string() }) }).nullable(),
    facts: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])).meta({ description: 'The gravest alert’s evidence' }),
    track: z.array(z.object({ at: time, lat: z.number(), lon: z.number() })).meta({ description: 'Of the truck round the gravest alert' }),
    steps: z.array(noticeStep),
    deliveries: z.array(delivery),
  })
  .meta({ id: 'NoticeDetail' });
export type NoticeDetail = z.infer<typeof noticeDetail>;

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const noticeQuery = pageQuery.extend({
  status: noticeStatus.optional(),
  open: flag.optional().meta({ description: 'true: what waits for the recipient or for review' }),
  mine: flag.optional().meta({ description: 'true: told to the one who asks' }),
  place: id.optional(),
  company: id.optional(),
  alert: z.string().max(200).optional().meta({ description: 'Whom an alert was told' }),
  incident: z.string().max(200).optional(),
  from: time.optional().meta({ description: 'Compared with `openedAt`' }),
  to: time.optional(),
  orders: flag.optional().meta({ description: 'true: those that the figure `rectified` counts, about a truck and not withdrawn' }),
});
export type NoticeQuery = z.infer<typeof noticeQuery>;
export const noticePage = pageOf(notice).meta({ id: 'NoticePage' });

/** Photos go up first (`POST /notices/{id}/photos`, image/jpeg, png or webp, ≤ 5 MiB) and are named by their hash. */
export const answerBody = z
  .strictObject({
    text: prose(2_000),
    photos: z
      .array(z.string().check(matching(/^[0-9a-f]{64}$/, 'must be a SHA-256 of a photo', '必须是照片的 SHA-256')))
      .max(9)
      .default([]),
  })
  .meta({ id: 'AnswerBody' });
export type AnswerBody = z.infer<typeof answerBody>;
export const reviewBody = z.strictObject({ text: prose(2_000).nullish() }).meta({ id: 'ReviewBody' });
/** Tell somebody by hand. */
export const tellBody = z.strictObject({ alertId: z.string().max(200), accountId: id, text: prose(500).nullish() }).meta({ id: 'TellBody' });
export type TellBody = z.infer<typeof tellBody>;

/** Whom an operator can tell of an alert by hand: the accounts whose scope covers it. */
export const noticeRecipients = z
  .object({
    items: z.array(z.object({ accountId: id, name: z.string(), role, told: z.boolean().meta({ description: 'Has a notice of its incident already' }) })),
  })
  .meta({ id: 'NoticeRecipients' });
export type NoticeRecipients = z.infer<typeof noticeRecipients>;
export const noticeRecipientsQuery = z.object({ alert: z.string().min(1).max(200) });

/** Who is told of what: the accounts of a role whose scope covers the alert. */
export const noticeRule = z
  .object({
    id,
    name: z.string(),
    role,
    kinds: z.array(noticeKind).nullable().meta({ description: 'null: every rule' }),
    leastSeverity: severity,
    withinMinutesOfLeaving: z.number().int().nullable().meta({ description: 'Only where the truck left the site so recently' }),
    answerWithinWorkingHours: z.number().nullable().meta({ description: 'The deadline; null: none' }),
    escalateToRole: role.nullable(),
    enabled: z.boolean(),
  })
  .meta({ id: 'NoticeRule' });
export type NoticeRule = z.infer<typeof noticeRule>;
export const noticeRuleBody = z
  .strictObject({
    id: id.nullish(),
    name: text(80),
    role,
    kinds: z.array(noticeKind).min(1).nullish(),
    leastSeverity: severity,
    withinMinutesOfLeaving: z.number().int().min(1).max(1_440).nullish(),
    answerWithinWorkingHours: z.number().gt(0).max(1_000).nullish(),
    escalateToRole: role.nullish(),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'NoticeRuleBody' });
export type NoticeRuleBody = z.infer<typeof noticeRuleBody>;
export const noticeRuleList = z.object({ items: z.array(noticeRule) }).meta({ id: 'NoticeRuleList' });

/** How one person is told: their own choice. */
export const channel = z
  .object({
    id,
    kind: channelKind,
    address: z.string().meta({ description: 'Mail address, telephone number or URL of the robot or receiver; shown to its owner' }),
    hasSecret: z.boolean().meta({ description: 'Signs with a secret (robots that ask for it, webhooks)' }),
    leastSeverity: severity,
    enabled: z.boolean(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof channel>;
export const channelBody = z
  .strictObject({
    kind: z.enum(['email', 'wecom', 'dingtalk', 'feishu', 'webhook', 'sms']),
    address: text(500),
    secret: z.string().min(8).max(256).nullish().meta({ description: 'Needed for a webhook; of a robot where it signs' }),
    leastSeverity: severity.default('minor'),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'ChannelBody' });
export type ChannelBody = z.infer<typeof channelBody>;
export const channelChange = z
  .strictObject({
    address: text(500).optional(),
    secret: z.string().min(8).max(256).nullish(),
    leastSeverity: severity.optional(),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'ChannelChange' });
export type ChannelChange = z.infer<typeof channelChange>;

/** What became of a message that was sent to try a channel. */
export const channelTest = z
  .object({ sent: z.boolean(), answer: z.string().meta({ description: 'What the receiver answered, or why it could not be reached' }) })
  .meta({ id: 'ChannelTest' });
export type ChannelTest = z.infer<typeof channelTest>;

export const noticeSettings = z
  .object({
    channels: z.array(channel),
    quietHours: hours.nullable().meta({ description: 'In the city’s time; only critical notices are sent then' }),
    messagesPerHour: z.number().int().min(1).max(1_000).meta({ description: 'Past it one digest says how many more there are' }),
    weeklyReport: z.boolean().nullable().meta({ description: 'Sent each Monday by every channel that is on; null: not for this role' }),
  })
  .meta({ id: 'NoticeSettings' });
export type NoticeSettings = z.infer<typeof noticeSettings>;
export const noticeSettingsChange = z
  .strictObject({
    quietHours: hours.nullable().optional(),
    messagesPerHour: z.number().int().min(1).max(1_000).optional(),
    weeklyReport: z.boolean().optional(),
  })
  .meta({ id: 'NoticeSettingsChange' });
export type NoticeSettingsChange = z.infer<typeof noticeSettingsChange>;
