import { type Notice, SEVERITY_WORDS } from '@muckwatch/contract';
import type { EpochMs, Severity } from '@muckwatch/domain';
import { kindName } from './kind-names.js';

/** What is sent to a person, before a channel gives it its form. */
export interface Message {
  /** The same at every attempt: a receiver that keeps it takes a message once. */
  id: string;
  event: string;
  severity: Severity;
  title: { zh: string; en: string };
  lines: { zh: string[]; en: string[] };
  /** Where it is answered. */
  url: string;
  /** Null: a digest, a report, a trial. */
  notice: Notice | null;
  /** Files that a mail brings along; other channels bring the link alone. */
  enclosures?: Enclosure[];
}

export interface Enclosure {
  filename: string;
  /** Media type. */
  type: string;
  content: Buffer;
}

const REPORT = 'weekly-report';

/** What the link of a message is called: a report wants no answer. */
export function linkWords({ event }: Message): { zh: string; en: string } {
  return event === REPORT ? { zh: '查看', en: 'Open' } : { zh: '查看并答复', en: 'Open and answer' };
}

export interface DigestContent {
  count: number;
  critical: number;
  serious: number;
  minor: number;
}

interface Surroundings {
  publicUrl: string;
  timeZone: string;
}

/** What a message is sent for, by the first word of its telling. */
const WHY: Record<string, { zh: string; en: string }> = {
  opened: { zh: '', en: '' },
  graver: { zh: '升级：', en: 'Graver: ' },
  reopened: { zh: '重新生效：', en: 'In force again: ' },
  reminder: { zh: '即将到期：', en: 'Due soon: ' },
  overdue: { zh: '已逾期：', en: 'Overdue: ' },
  escalated: { zh: '未确认，转告您：', en: 'Not acknowledged, passed on to you: ' },
  'sent-back': { zh: '退回补充：', en: 'Sent back: ' },
  'by-hand': { zh: '转告：', en: 'Passed on: ' },
};

/** A notice as a message; `word` is what a person said of it. */
export function noticeMessage(id: string, telling: string, notice: Notice, word: string | null, { publicUrl, timeZone }: Surroundings): Message {
  const event = Object.keys(WHY).find((name) => telling === name || telling.startsWith(`${name}-`)) ?? 'opened';
  const why = WHY[event]!;
  const kind = kindName(notice.kind);
  const plate = notice.truck.plate === null ? '' : ` ${notice.truck.plate}`;
  const clock = (at: string) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(Date.parse(at));
  const zh = [`编号 ${notice.number}（${SEVERITY_WORDS[notice.severity].zh}）`, notice.summary.zh];
  const en = [`No. ${notice.number} (${SEVERITY_WORDS[notice.severity].en})`, notice.summary.en];
  if (word !== null) {
    zh.push(`说明：${word}`);
    en.push(`Said: ${word}`);
  }
  if (event === 'escalated' && notice.escalatedFrom !== null) {
    zh.push(`${notice.escalatedFrom} 未在规定时间内确认`);
    en.push(`${notice.escalatedFrom} did not acknowledge it in time`);
  }
  if (notice.repeats > 0) {
    zh.push(`同一事件另有 ${notice.repeats} 条告警`);
    en.push(`${notice.repeats} more of the same incident`);
  }
  if (notice.deadline !== null) {
    zh.push(`答复期限：${clock(notice.deadline)}`);
    en.push(`Answer by ${clock(notice.deadline)}`);
  }
  return {
    id,
    event,
    severity: notice.severity,
    title: { zh: `${why.zh}${kind.zh}${plate}`, en: `${why.en}${kind.en}${plate}` },
    lines: { zh, en },
    url: `${publicUrl}/#/notice/${notice.id}`,
    notice,
  };
}

/** One message for all that were too many. */
export function digestMessage(id: string, { count, critical, serious, minor }: DigestContent, { publicUrl }: Surroundings): Message {
  const counted = (language: 'zh' | 'en') =>
    Object.entries({ critical, serious, minor }).map(([severity, n]) => `${SEVERITY_WORDS[severity as Severity][language]} ${n}`);
  return {
    id,
    event: 'digest',
    severity: critical > 0 ? 'critical' : serious > 0 ? 'serious' : 'minor',
    title: { zh: `另有 ${count} 条通知`, en: `${count} more notices` },
    lines: {
      zh: [`通知过多，另有 ${count} 条未逐条发送：${counted('zh').join('、')}`],
      en: [`Too many to send one by one: ${count} more (${counted('en').join(', ')})`],
    },
    url: `${publicUrl}/#/notices`,
    notice: null,
  };
}

/** A weekly report: `whole` is not said to those who see a part of the city, whose numbers are of that part. */
export function reportMessage(
  id: string,
  { week, from, to, whole, enclosures }: { week: string; from: string; to: string; whole: boolean; enclosures: Enclosure[] },
  { publicUrl, timeZone }: Surroundings,
): Message {
  const day = (at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
  // The week ends as Monday begins: its last day is the one before.
  const days = `${day(Date.parse(from))} – ${day(Date.parse(to) - 1)}`;
  const zh = [`${days}，${whole ? '全市' : '您所见范围'}`];
  const en = [`${days}, ${whole ? 'the whole city' : 'what you see of the city'}`];
  if (enclosures.length > 0) {
    zh.push('PDF 与 Excel 见附件');
    en.push('PDF and Excel are attached');
  }
  return {
    id,
    event: REPORT,
    severity: 'minor',
    title: { zh: `周报 ${week}`, en: `Weekly report ${week}` },
    lines: { zh, en },
    url: `${publicUrl}/#/city/figures`,
    notice: null,
    enclosures,
  };
}

/** Tries a channel. */
export function trialMessage(id: string, at: EpochMs, { publicUrl, timeZone }: Surroundings): Message {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return {
    id,
    event: 'trial',
    severity: 'minor',
    title: { zh: '试发', en: 'A trial' },
    lines: { zh: [`此通道可以收到通知（${clock}）`], en: [`Notices reach you here (${clock})`] },
    url: `${publicUrl}/#/settings`,
    notice: null,
  };
}
