import { PLAYBACK_DAYS, PLAYBACK_TRUCKS } from '@muckwatch/contract';

export const SPEEDS = [1, 5, 15, 60] as const;
export type Speed = (typeof SPEEDS)[number];
const LONGEST_MS = PLAYBACK_DAYS * 86_400_000;
const FIRST_SPEED: Speed = 15;

/** Everything that the address of the page says. */
export interface Said {
  trucks: string[];
  from: number | null;
  to: number | null;
  /** Where it stands; null: at the beginning. */
  at: number | null;
  speed: Speed;
}

/** A stretch that is none is as good as not said; of too many trucks the first count. */
export function saidOf(query: URLSearchParams): Said {
  const trucks = [...new Set((query.get('trucks') ?? '').split(',').filter((id) => /^[\w-]{1,64}$/.test(id)))].slice(0, PLAYBACK_TRUCKS);
  let [from, to] = [timeOf(query.get('from')), timeOf(query.get('to'))];
  if (from === null || to === null || from >= to || to - from > LONGEST_MS) [from, to] = [null, null];
  const at = timeOf(query.get('at'));
  const speed = SPEEDS.find((one) => String(one) === query.get('speed')) ?? FIRST_SPEED;
  return { trucks, from, to, at: at === null || from === null || to === null ? null : Math.min(Math.max(at, from), to), speed };
}

/** To the second: nobody passes on a link to a millisecond. */
export function hashOf({ trucks, from, to, at, speed }: Partial<Said>): string {
  const parts = [
    trucks && trucks.length > 0 && `trucks=${trucks.join(',')}`,
    from != null && `from=${textOf(from)}`,
    to != null && `to=${textOf(to)}`,
    at != null && `at=${textOf(at)}`,
    speed !== undefined && speed !== FIRST_SPEED && `speed=${speed}`,
  ].filter(Boolean);
  return `#/playback${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
}

const AROUND_MS = 15 * 60_000;

/** An episode with what led to it and what came of it until now, standing just before it began. */
export function replayOf(truckId: string, began: number, ended: number, now: number): string {
  return hashOf({ trucks: [truckId], from: began - AROUND_MS, to: Math.min(ended + AROUND_MS, now, began + LONGEST_MS - AROUND_MS), at: began - 60_000 });
}

const textOf = (at: number) => `${new Date(Math.round(at / 1_000) * 1_000).toISOString().slice(0, 19)}Z`;

function timeOf(text: string | null): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}
