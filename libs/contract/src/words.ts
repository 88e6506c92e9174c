import type { AlertStatus, Severity } from '@muckwatch/domain';

type Words<T extends string> = Record<T, { zh: string; en: string }>;

/** What people read on the page, in files, on paper and in messages: one word for one thing. */
export const SEVERITY_WORDS: Words<Severity> = {
  critical: { zh: '紧急', en: 'critical' },
  serious: { zh: '违规', en: 'serious' },
  minor: { zh: '关注', en: 'minor' },
};
export const STATUS_WORDS: Words<AlertStatus> = {
  open: { zh: '待处置', en: 'open' },
  acknowledged: { zh: '处置中', en: 'in hand' },
  confirmed: { zh: '已确认违规', en: 'confirmed' },
  dismissed: { zh: '已排除', en: 'dismissed' },
};
