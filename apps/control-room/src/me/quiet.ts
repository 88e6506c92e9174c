import type { NoticeSettings } from '@muckwatch/contract';
import { clockTyped } from '../app/cityClock.js';

export interface Quiet {
  on: boolean;
  from: string;
  to: string;
}

const USUAL = { from: '22:00', to: '07:00' };

/** Most people have one window for every day; what is finer came in by the API and is told as such. */
export function quietOf(hours: NoticeSettings['quietHours']): Quiet & { more: number } {
  const first = hours?.[0];
  const fine = (hours ?? []).filter(({ days }) => days && days.length < 7).length;
  return { on: first !== undefined, from: first?.from ?? USUAL.from, to: first?.to ?? USUAL.to, more: Math.max((hours?.length ?? 0) - 1, fine) };
}

/** What is sent; null: no quiet hours; undefined: no time of a day stands there, or one window that is none. */
export function quietBody({ on, from, to }: Quiet): NoticeSettings['quietHours'] | undefined {
  if (!on) return null;
  const [begins, ends] = [clockTyped(from), clockTyped(to)];
  if (begins === null || ends === null || begins === ends || begins === '24:00' || ends === '24:00') return undefined;
  return [{ from: begins, to: ends }];
}

export const overMidnight = ({ from, to }: Pick<Quiet, 'from' | 'to'>): boolean => to < from;
