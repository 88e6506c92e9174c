import type { Changed, Health, Severity } from '@muckwatch/contract';
import { create } from 'zustand';

export type Link = 'connecting' | 'live' | 'lost';

/** What came while the line was broken. */
export interface Returned {
  goneMs: number;
  arrived: Record<Severity, number>;
  decidedByOthers: number;
}

interface LiveState {
  link: Link;
  /** Server time up to which the picture is known, ms; null before the first snapshot. */
  shownAt: number | null;
  lostAt: number | null;
  health: Health | null;
  /** Server clock minus ours, ms: every age on the page is told by the server's clock. */
  clockOffsetMs: number;
  returned: Returned | null;
  /** Grows when the server says that places (and so on) were edited. */
  edits: Record<Changed['what'], number>;
  /** Fix time of the newest position heard, ms. */
  newestFixAt: number | null;
  trucks: number;
}

export const useLive = create<LiveState>(() => ({
  link: 'connecting',
  shownAt: null,
  lostAt: null,
  health: null,
  clockOffsetMs: 0,
  returned: null,
  edits: { places: 0, routes: 0, districts: 0, permits: 0, 'base-map': 0, registry: 0, rules: 0, handovers: 0, reports: 0 },
  newestFixAt: null,
  trucks: 0,
}));

/** Now by the server's clock. */
export const serverNow = (): number => Date.now() + useLive.getState().clockOffsetMs;

/** There is no server to ask just now. */
export const isAway = (): boolean => !navigator.onLine || useLive.getState().link === 'lost';

/** The city's time zone; before the first health it is the default of the wire. */
export const useZone = (): string => useLive((s) => s.health?.cityTimeZone ?? 'Asia/Shanghai');
