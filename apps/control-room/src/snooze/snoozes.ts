import type { RuleCode, Snooze, SnoozeBody } from '@muckwatch/contract';
import { useEffect } from 'react';
import { create } from 'zustand';
import { del, get, itemsOf, post, wordsOf } from '../app/api.js';
import { useNow } from '../app/useNow.js';

interface SnoozeState {
  state: 'no' | 'reading' | 'read' | 'failed';
  items: readonly Snooze[];
  fault: string | null;
}

export const useSnoozeStore = create<SnoozeState>(() => ({ state: 'no', items: [], fault: null }));

/** What another operator snoozed is seen when one looks, and every half minute while one does. */
const AGAIN_MS = 30_000;

/** The snoozes in force, the next to end first. */
export function useSnoozes(): SnoozeState & { inForce: Snooze[] } {
  const now = useNow();
  const store = useSnoozeStore();
  useEffect(() => {
    void readSnoozes();
    const timer = setInterval(() => void readSnoozes(), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return { ...store, inForce: inForceAt(store.items, now) };
}

export async function readSnoozes(): Promise<void> {
  if (useSnoozeStore.getState().state === 'no') useSnoozeStore.setState({ state: 'reading' });
  try {
    useSnoozeStore.setState({ items: itemsOf<Snooze>(await get('/snoozes')), state: 'read', fault: null });
  } catch (error) {
    useSnoozeStore.setState({ state: 'failed', fault: wordsOf(error) });
  }
}

export async function addSnooze(body: SnoozeBody): Promise<void> {
  const made = await post<Snooze>('/snoozes', body);
  useSnoozeStore.setState((s) => ({ items: [made, ...s.items] }));
}

export async function endSnooze(id: string): Promise<void> {
  const ended = await del<Snooze>(`/snoozes/${encodeURIComponent(id)}`);
  useSnoozeStore.setState((s) => ({ items: s.items.map((one) => (one.id === id ? ended : one)) }));
}

export function inForceAt(items: readonly Snooze[], now: number): Snooze[] {
  return items.filter(({ until, endedAt }) => endedAt === null && Date.parse(until) > now).sort((a, b) => Date.parse(a.until) - Date.parse(b.until));
}

/** The one that keeps a truck's rule quiet longest. */
export function snoozeOf(inForce: readonly Snooze[], truckId: string | null, rule: RuleCode): Snooze | null {
  return inForce.filter((one) => one.truckId === truckId && one.rule === rule).at(-1) ?? null;
}
