import type { Notice } from '@muckwatch/contract';
import { plateWords } from '../app/plate.js';
import { timeWords } from '../app/time.js';
import type { Words } from '../i18n/index.js';

/** 未覆盖出场; a notice of one rule may be of a kind that an older page does not know. */
export function kindWords(kind: Notice['kind'], t: Words): string {
  if (kind === 'volume-90' || kind === 'volume-100') return t.notices.kind[kind];
  return t.rule[kind] ?? kind;
}

/** 鄂S·5D482（顺达渣土运输） */
export function whoWords({ truck, company }: Pick<Notice, 'truck' | 'company'>, t: Words): string | null {
  const plate = truck.plate === null ? null : plateWords(truck.plate);
  if (plate === null) return company?.name ?? null;
  return company === null ? plate : t.code === 'zh-CN' ? `${plate}（${company.name}）` : `${plate} (${company.name})`;
}

export const summaryWords = ({ summary }: Pick<Notice, 'summary'>, t: Words): string => (t.code === 'zh-CN' ? summary.zh : summary.en);

/** The same below a line that has said the plate already. */
export function restOfSummary(notice: Pick<Notice, 'summary' | 'truck'>, t: Words): string {
  const words = summaryWords(notice, t);
  const { plate } = notice.truck;
  return plate !== null && words.startsWith(plate) ? words.slice(plate.length).replace(/^[\s,，:：]+/, '') : words;
}

/** As times are told everywhere, today without the seconds: 21:04, 昨天 21:04. */
export const shortTime = (at: number, now: number, zone: string, t: Words): string => timeWords(at, now, zone, t).replace(/^(\d{2}:\d{2}):\d{2}$/, '$1');

/** What the driver has already put right is said first. */
export const putRightWords = ({ at, afterWord }: NonNullable<Notice['putRight']>, now: number, zone: string, t: Words): string =>
  t.notices.putRight[afterWord ? 'afterWord' : 'byItself'](shortTime(Date.parse(at), now, zone, t));
