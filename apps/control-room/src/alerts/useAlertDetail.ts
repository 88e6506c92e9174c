import type { Alert, AlertDetail } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { get, isAbort, Refused } from '../app/api.js';
import { useLive } from '../live/liveStore.js';
import { hearAlerts, useAlerts } from './alertStore.js';

export type DetailState = { state: 'reading' } | { state: 'read'; detail: AlertDetail } | { state: 'gone' } | { state: 'failed'; words: string };

/** Walking through the queue by key must not fetch what is passed over. */
const SETTLE_MS = 120;
/** An episode that goes on gets a version with every report: its series is read again, but not more often than this. */
const AGAIN_MS = 4_000;

/**
 * The chosen alert with everything around it; read again when its version grows, and after a broken line is back. What was read stays on the page while
 * the next is on its way, and where it does not come.
 */
export function useAlertDetail(alertId: string | null): DetailState & { again: () => void } {
  const version = useAlerts((s) => (alertId === null ? 0 : (s.alerts.get(alertId)?.version ?? 0)));
  const [known, setKnown] = useState<{ id: string; answer: DetailState } | null>(null);
  const [tries, setTries] = useState(0);
  const lost = useLive((s) => s.link === 'lost');

  const mine = known?.id === alertId ? known.answer : null;
  const readVersion = mine?.state === 'read' ? mine.detail.version : null;
  const due = alertId !== null && (readVersion === null || readVersion < version);

  useEffect(() => {
    if (!due) return;
    const abort = new AbortController();
    const timer = setTimeout(
      () => {
        get<AlertDetail>(`/alerts/${encodeURIComponent(alertId)}`, abort.signal).then(
          (detail) => {
            // What the answer knows of the incident may be newer than what was heard; it may also be the first word of it (an opened link).
            hearAlerts([alertOf(detail), ...detail.related]);
            setKnown({ id: alertId, answer: { state: 'read', detail } });
          },
          (error: unknown) => {
            if (isAbort(error)) return;
            const gone = error instanceof Refused && error.status === 404;
            if (gone) setKnown({ id: alertId, answer: { state: 'gone' } });
            else if (readVersion !== null) setTries((n) => n + 1);
            else setKnown({ id: alertId, answer: { state: 'failed', words: error instanceof Error ? error.message : String(error) } });
          },
        );
      },
      readVersion === null ? SETTLE_MS : AGAIN_MS,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
    // `version` is left out on purpose: each report would push the next reading further away.
  }, [alertId, due, readVersion, tries, lost]);

  const again = () => {
    setKnown(null);
    setTries((n) => n + 1);
  };
  return { ...(mine ?? { state: 'reading' }), again };
}

/** The alert alone: the board must not keep the series of everything that was ever opened. */
function alertOf(detail: AlertDetail): Alert {
  const more: Partial<AlertDetail> = { ...detail };
  for (const key of ['limits', 'series', 'steps', 'related', 'haul', 'sealed'] as const) delete more[key];
  return more as Alert;
}
