import type { Alert, FixPage, HaulResource, Stays } from '@muckwatch/contract';
import { get, getAll, itemsOf } from '../app/api.js';
import { tapeOf, type Tape } from './tape.js';

/** What is known of one truck's stretch; it grows while it is read. */
export interface Recording {
  truckId: string;
  tape: Tape;
  /** How much of the stretch has come, 0…1. */
  share: number;
  stays: Stays | null;
  alerts: Alert[];
  hauls: HaulResource[];
}

export interface Wanted {
  truckId: string;
  from: number;
  to: number;
  everyS: number;
}

/** An alert that began a day before may still go on; a haul takes no longer. */
const BEFORE_MS = 86_400_000;
/** A tape is made anew of all pages so often at most: making one of a hundred thousand reports takes 15 ms. */
const SHOW_EVERY_MS = 700;

/** Reads page by page and tells what has come so far. An aborted one throws, and what it told stays true. */
export async function readTruck({ truckId, from, to, everyS }: Wanted, tell: (now: Recording) => void, signal: AbortSignal): Promise<void> {
  const [end, path] = [iso(to), `/trucks/${encodeURIComponent(truckId)}`];
  const pages: FixPage[] = [];
  let known: Recording = { truckId, tape: tapeOf(truckId, []), share: 0, stays: null, alerts: [], hauls: [] };
  let shownAt = 0;
  const show = (more: Partial<Recording>) => tell((known = { ...known, ...more }));
  for (let next: string | null = iso(from); next !== null;) {
    const page: FixPage = await get(`${path}/fixes?from=${next}&to=${end}&everyS=${everyS}`, signal);
    pages.push(page);
    next = page.nextFrom;
    const share = next === null ? 1 : (Date.parse(next) - from) / (to - from);
    if (next !== null && performance.now() - shownAt < SHOW_EVERY_MS) continue;
    shownAt = performance.now();
    show({ tape: tapeOf(truckId, pages), share: Math.min(share, 0.9) });
  }
  const before = `truck=${encodeURIComponent(truckId)}&from=${iso(from - BEFORE_MS)}&to=${end}`;
  const [stays, alerts, hauls] = await Promise.all([
    get<Stays>(`${path}/stays?from=${iso(from)}&to=${end}`, signal),
    getAll(`/alerts?${before}&contradicted=false`, itemsOf<Alert>, 50, signal),
    getAll(`/hauls?${before}`, itemsOf<HaulResource>, 50, signal),
  ]);
  show({
    stays,
    share: 1,
    alerts: alerts.filter((alert) => untilOf(alert) >= from).sort((a, b) => Date.parse(a.began) - Date.parse(b.began)),
    hauls: hauls.filter((haul) => (haul.endedAt === null ? to : Date.parse(haul.endedAt)) >= from),
  });
}

/** When an episode ended; one that goes on has lasted for as long as its evidence says. */
export function untilOf({ began, ended, evidence }: Alert): number {
  return ended !== null ? Date.parse(ended) : Date.parse(began) + Number(evidence.durationS ?? 0) * 1_000;
}

const iso = (at: number) => new Date(at).toISOString();
