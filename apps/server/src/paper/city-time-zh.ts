import { MINUTE_MS, type UtcOffset } from '@muckwatch/domain';

/** 2026年11月28日 21:04:10, by the city's clock. */
export function cityTimeZh(at: number, utcOffset: UtcOffset): string {
  const [year, month, day, time] = new Date(at + utcOffset(at) * MINUTE_MS).toISOString().split(/[-T.]/);
  return `${year}年${Number(month)}月${Number(day)}日 ${time}`;
}
