import type { Alert, AlertStep } from '@muckwatch/contract';
import { create } from 'zustand';
import { get, itemsOf, post } from '../app/api.js';
import { useFocus } from '../app/focus.js';
import { type AlertMap, KEPT_DECIDED, mergeAlerts, withNewestDecided, withoutDecided } from './merge.js';

interface AlertState {
  alerts: AlertMap;
  /** The closed ones of this shift are read once after sign-in and after each return. */
  decidedRead: 'no' | 'reading' | 'yes' | 'failed';
  /** The newest decision, ms, that may stand on the server and does not here; null: none. */
  letGoAt: number | null;
  /** Somebody looks at all that was decided in the shift: until the list is left none is let go. */
  decidedWhole: boolean;
}

const EMPTY: AlertState = { alerts: new Map(), decidedRead: 'no', letGoAt: null, decidedWhole: false };

export const useAlerts = create<AlertState>(() => EMPTY);

export const forgetAlerts = (): void => useAlerts.setState(EMPTY);

export function hearAlerts(heard: readonly Alert[]): void {
  const { alerts } = useAlerts.getState();
  const next = mergeAlerts(alerts, heard);
  if (next !== alerts) become(next);
}

/** What was decided before the shift is on no list of this page. */
export function forgetDecided(shiftSince: number, chosenId: string | null): void {
  const { alerts } = useAlerts.getState();
  const next = withoutDecided(alerts, shiftSince, chosenId);
  if (next !== alerts) become(next);
}

/** `from` compares with `began`, a decision may come long after: a day more is read, and the queue shows what was decided in the shift. */
const fromOf = (shiftSince: number) => encodeURIComponent(new Date(shiftSince - 86_400_000).toISOString());
const CLOSED = ['confirmed', 'dismissed'] as const;

export async function readDecided(shiftSince: number): Promise<void> {
  useAlerts.setState({ decidedRead: 'reading' });
  try {
    const pages = await Promise.all(CLOSED.map((status) => get(`/alerts?status=${status}&from=${fromOf(shiftSince)}&limit=200`)));
    const more = pages.some((page) => nextOf(page) !== null);
    useAlerts.setState(({ letGoAt }) => ({ letGoAt: more ? Math.max(letGoAt ?? 0, shiftSince) : letGoAt }));
    hearAlerts(pages.flatMap((page) => itemsOf<Alert>(page)));
    useAlerts.setState({ decidedRead: 'yes' });
  } catch {
    useAlerts.setState({ decidedRead: 'failed' });
  }
}

/** All that was decided in the shift, page by page, while somebody looks at it. */
export async function readAllDecided(shiftSince: number): Promise<void> {
  useAlerts.setState({ decidedWhole: true, decidedRead: 'reading' });
  const looking = () => useAlerts.getState().decidedWhole;
  try {
    for (const status of CLOSED) {
      for (let cursor: string | null = ''; cursor !== null && looking();) {
        const behind: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page = await get(`/alerts?status=${status}&from=${fromOf(shiftSince)}&limit=200${behind}`);
        if (looking()) hearAlerts(itemsOf<Alert>(page));
        cursor = nextOf(page);
      }
    }
    useAlerts.setState({ decidedRead: 'yes', ...(looking() ? { letGoAt: null } : {}) });
  } catch {
    useAlerts.setState({ decidedRead: 'failed' });
  }
}

/** The list of what is decided was left: the newest will do. */
export function keepNewestDecided(): void {
  if (!useAlerts.getState().decidedWhole) return;
  useAlerts.setState({ decidedWhole: false });
  become(useAlerts.getState().alerts);
}

function become(next: AlertMap): void {
  const { alerts: before, decidedWhole, letGoAt } = useAlerts.getState();
  const kept = decidedWhole ? { alerts: next, letGoAt: null } : withNewestDecided(next, KEPT_DECIDED, useFocus.getState().alertId);
  if (kept.alerts === before) return;
  useAlerts.setState({ alerts: kept.alerts, letGoAt: kept.letGoAt === null ? letGoAt : Math.max(letGoAt ?? 0, kept.letGoAt) });
}

const nextOf = (page: unknown): string | null => (page as { nextCursor?: string | null }).nextCursor ?? null;

/** One step of a person. The answer is heard like any alert, so the page never waits for its own echo. */
export async function takeStep(alertId: string, step: AlertStep, reason: string | null): Promise<Alert> {
  const alert = await post<Alert>(`/alerts/${encodeURIComponent(alertId)}/${step}`, reason === null ? {} : { reason });
  hearAlerts([alert]);
  return alert;
}
