import type { ReportSending } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { get } from '../app/api.js';
import { go } from '../app/router.js';
import { useWords } from '../i18n/index.js';
import { useLive } from '../live/liveStore.js';

/** Above the queue, for whoever wants the weekly report: that a new one is there, until it is looked at. */
export function ReportBar() {
  const t = useWords();
  const edit = useLive((s) => s.edits.reports);
  const [week, setWeek] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    // Whoever may not have reports is told so, and sees no bar.
    get<ReportSending>('/reports/sending', abort.signal).then(
      ({ unseen }) => setWeek(unseen),
      () => undefined,
    );
    return () => abort.abort();
  }, [edit]);
  if (week === null) return null;
  return (
    <button className="queue-waiting" onClick={() => go('#/city/figures')} data-testid="report-arrived">
      <span>{t.reports.arrived(week)}</span>
      <b>{t.reports.open}</b>
    </button>
  );
}
