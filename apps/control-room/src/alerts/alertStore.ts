import type { Alert, AlertStep } from '@muckwatch/contract';
import { create } from 'zustand';
import { get, itemsOf, post } from '../app/api.js';
import { type AlertMap, mergeAlerts, withoutDecided } from './merge.js';

interface AlertState {
  alerts: AlertMap;
  /** The closed ones of this shift are read once after sign-in and after each return. */
  decidedRead: 'no' | 'reading' | 'yes' | 'failed';
}

export const useAlerts = create<AlertState>(() => ({ alerts: new Map(), decidedRead: 'no' }));

export function hearAlerts(heard: readonly Alert[]): void {
  const { alerts } = useAlerts.getState();
  const next = mergeAlerts(alerts, heard);
  if (next !== alerts) useAlerts.setState({ alerts: next });
}

/** What was decided before the shift is on no list of this page. */
export function forgetDecided(shiftSince: number, chosenId: string | null): void {
  const { alerts } = useAlerts.getState();
  const next = withoutDecided(alerts, shiftSince, chosenId);
  if (next !== alerts) useAlerts.setState({ alerts: next });
}

/** `from` compares with `began`, a decision may come long after: a day more is read, and the queue shows what was decided in the shift. */
export async function readDecided(shiftSince: number): Promise<void> {
  useAlerts.setState({ decidedRead: 'reading' });
  const from = encodeURIComponent(new Date(shiftSince - 86_400_000).toISOString());
  try {
    const pages = await Promise.all(['confirmed', 'dismissed'].map((status) => get(`/alerts?status=${status}&from=${from}&limit=200`)));
    hearAlerts(pages.flatMap((page) => itemsOf<Alert>(page)));
    useAlerts.setState({ decidedRead: 'yes' });
  } catch {
    useAlerts.setState({ decidedRead: 'failed' });
  }
}

/** One step of a person. The answer is heard like any alert, so the page never waits for its own echo. */
export async function takeStep(alertId: string, step: AlertStep, reason: string | null): Promise<Alert> {
  const alert = await post<Alert>(`/alerts/${encodeURIComponent(alertId)}/${step}`, reason === null ? {} : { reason });
  hearAlerts([alert]);
  return alert;
}
