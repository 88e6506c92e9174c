import { partsOf } from '../app/time.js';

/** What the axis says at a tick: the time, at midnight the day. */
export function tickWords(at: number, days: boolean, seconds: boolean, zone: string): string {
  const p = partsOf(at, zone);
  if (days) return `${p.month}-${p.day}`;
  return seconds ? `${p.hour}:${p.minute}:${p.second}` : `${p.hour}:${p.minute}`;
}

/** Ms that the city's clock is ahead of UTC at a time. */
export function offsetOf(at: number, zone: string): number {
  const p = partsOf(at, zone);
  return Date.UTC(Number(p.year), Number(p.month) - 1, Number(p.day), Number(p.hour), Number(p.minute), Number(p.second)) - Math.floor(at / 1_000) * 1_000;
}
