import { z } from 'zod';
import { role } from './auth.js';
import { id, time } from './common.js';
import { channelKind, DELIVERY_STATUSES } from './notices.js';
import { week } from './stats.js';

/** What became of the newest report by one way. `page`: shown in the control room until it is seen. */
const reportDelivery = z.object({
  week,
  channel: channelKind,
  status: z.enum(DELIVERY_STATUSES),
  at: time.nullable().meta({ description: 'When it was sent' }),
  answer: z.string().nullable().meta({ description: 'The receiver’s word, or why it could not be sent' }),
});
export const reportRecipient = z
  .object({
    accountId: id,
    name: z.string(),
    role,
    wholeCity: z.boolean().meta({ description: 'false: the numbers of what the account sees' }),
    channels: z.array(channelKind).meta({ description: 'What the next one goes by, beside the page' }),
    deliveries: z.array(reportDelivery).meta({ description: 'Of the newest report' }),
  })
  .meta({ id: 'ReportRecipient' });
export type ReportRecipient = z.infer<typeof reportRecipient>;
export const reportSending = z
  .object({
    next: z.object({ week, at: time }),
    wanted: z.boolean().meta({ description: 'It is sent to the one who asks' }),
    unseen: week.nullable().meta({ description: 'A report that waits on the page of the one who asks' }),
    recipients: z.array(reportRecipient).meta({ description: 'Administrators and supervisors of the whole city are told of everybody, others of themselves' }),
  })
  .meta({ id: 'ReportSending' });
export type ReportSending = z.infer<typeof reportSending>;
