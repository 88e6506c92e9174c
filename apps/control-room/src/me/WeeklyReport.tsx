import type { NoticeSettings } from '@muckwatch/contract';
import { patch } from '../app/api.js';
import { useSend } from '../app/useSend.js';
import { useWords } from '../i18n/index.js';

/** Whether one is sent the weekly report; not shown to those whose role is not for it. */
export function WeeklyReport({ settings, onSaved }: { settings: NoticeSettings; onSaved: (settings: NoticeSettings) => void }) {
  const t = useWords();
  const w = t.reports.me;
  const { busy, fault, send } = useSend();
  if (settings.weeklyReport === null) return null;
  const change = (weeklyReport: boolean) => send(async () => onSaved(await patch<NoticeSettings>('/me/notice-settings', { weeklyReport })));
  return (
    <div className="me-form me-quiet">
      <h3 className="me-h">{w.title}</h3>
      <p className="own-small">{w.why}</p>
      <label className="me-check">
        <input
          type="checkbox"
          checked={settings.weeklyReport}
          disabled={busy}
          onChange={({ target }) => void change(target.checked)}
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
