import type { NoticeSettings } from '@muckwatch/contract';
import { useState } from 'react';
import { patch } from '../app/api.js';
import { useSend } from '../app/useSend.js';
import { useWords } from '../i18n/index.js';

/** Whether one is sent the weekly report; not shown to those whose role is not for it. */
export function WeeklyReport({ settings, onSaved }: { settings: NoticeSettings; onSaved: (settings: NoticeSettings) => void }) {
  const t = useWords();
  const w = t.reports.me;
  const { busy, fault, send } = useSend();
  const [chosen, setChosen] = useState<boolean | null>(null);
  if (settings.weeklyReport === null) return null;
  const change = (weeklyReport: boolean) => {
    setChosen(weeklyReport);
    void send(async () => onSaved(await patch<NoticeSettings>('/me/notice-settings', { weeklyReport }))).then(() => setChosen(null));
  };
  return (
    <div className="me-form me-quiet">
      <h3 className="me-h">{w.title}</h3>
      <p className="own-small">{w.why}</p>
      <label className="me-check">
        <input
          type="checkbox"
          checked={chosen ?? settings.weeklyReport}
          disabled={busy}
          onChange={({ target }) => change(target.checked)}
          data-testid="weekly-report"
        />
        {w.want}
      </label>
      {fault && (
        <p className="own-small c-critical" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
