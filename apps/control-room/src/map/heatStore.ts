import { type Heat, HEAT_RULES } from '@muckwatch/contract';
import { create } from 'zustand';
import { get, isAbort, wordsOf } from '../app/api.js';
import { remember, remembered } from '../app/remember.js';
import { serverNow } from '../live/liveStore.js';

/** The stretches that can be chosen, days up to now. */
export const HEAT_DAYS = [7, 30, 90] as const;
export type HeatDays = (typeof HEAT_DAYS)[number];

interface HeatState {
  shown: boolean;
  days: HeatDays;
  heat: Heat | null;
  fault: string | null;
}

export const useHeat = create<HeatState>(() => {
  const [shown, days] = (remembered('heat') ?? '').split(',');
  return { shown: shown === 'on', days: HEAT_DAYS.find((one) => String(one) === days) ?? 30, heat: null, fault: null };
});

export function showHeat(change: { shown?: boolean; days?: HeatDays }): void {
  // What was counted of another stretch is not this one's.
  useHeat.setState(change.days ? { ...change, heat: null } : change);
  const { shown, days } = useHeat.getState();
  remember('heat', `${shown ? 'on' : 'off'},${days}`);
}

const DAY_MS = 86_400_000;
let asked: AbortController | null = null;

/** What was read stays on the map while it is read again. */
export async function readHeat(): Promise<void> {
  asked?.abort();
  const abort = (asked = new AbortController());
  const to = serverNow();
  const from = to - useHeat.getState().days * DAY_MS;
  const query = new URLSearchParams({ rules: HEAT_RULES.join(), from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  try {
    useHeat.setState({ heat: await get<Heat>(`/stats/heat?${query}`, abort.signal), fault: null });
  } catch (error) {
    if (!isAbort(error)) useHeat.setState({ fault: wordsOf(error) });
  }
}
