import type { Notice } from '@muckwatch/contract';
import { addDays, wallOf, weekdayOf } from '../app/cityClock.js';
import { ageWords } from '../app/time.js';
import type { Words } from '../i18n/index.js';
import { waitsForAnswer } from './order.js';

/** Less than this is left: the bar turns from calm to urgent. */
const SOON_MS = 2 * 3_600_000;
/** From this hour an evening is called one. */
const EVENING = '18:00';

export interface DeadlineSays {
  words: string;
  /** What is left, or by how much it is over; null where the clock no longer runs or there is no deadline. */
  left: string | null;
  state: 'fine' | 'soon' | 'over' | 'answered' | 'none';
}

/** A deadline as one says it, in the city's time, with what is left of it. */
export function deadlineSays(notice: Pick<Notice, 'deadline' | 'status' | 'overdue'>, now: number, zone: string, t: Words): DeadlineSays | null {
  const waits = waitsForAnswer(notice.status);
  if (notice.deadline === null) return waits ? { words: t.notices.due.none, left: null, state: 'none' } : null;
  const at = Date.parse(notice.deadline);
  const when = dayWords(at, now, zone, t);
  if (!waits) {
    const reviewed = notice.status === 'rectified' || notice.status === 'objected';
    return reviewed ? { words: t.notices.due.reviewBy(when), left: null, state: 'answered' } : null;
  }
  if (notice.overdue || at <= now) return { words: t.notices.due.past(when), left: t.notices.due.over(ageWords(Math.max(0, now - at), t)), state: 'over' };
  return { words: t.notices.due.by(when), left: t.notices.due.left(ageWords(at - now, t)), state: at - now < SOON_MS ? 'soon' : 'fine' };
}

/** 今天 15:00, 今晚 22:00, 明天 09:00, 周五 12-04 17:00. */
export function dayWords(at: number, now: number, zone: string, t: Words): string {
  const { date, clock } = wallOf(at, zone);
  const today = wallOf(now, zone).date;
  if (date === today) return clock >= EVENING ? t.notices.due.tonight(clock) : t.notices.due.today(clock);
  if (date === addDays(today, 1)) return t.notices.due.tomorrow(clock);
  const short = date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date;
  return t.notices.due.onDay(t.notices.due.weekday[weekdayOf(date) - 1]!, short, clock);
}
