import type { NoticeSettings } from '@muckwatch/contract';
import { type FormEvent, useState } from 'react';
import { patch, wordsOf } from '../app/api.js';
import { useWords } from '../i18n/index.js';
import { overMidnight, quietBody, quietOf } from './quiet.js';

/** When one sleeps, and how much one bears. */
export function Quiet({ settings, onSaved }: { settings: NoticeSettings; onSaved: (settings: NoticeSettings) => void }) {
  const t = useWords();
  const [quiet, setQuiet] = useState(() => quietOf(settings.quietHours));
  const [perHour, setPerHour] = useState(String(settings.messagesPerHour));
  const [said, setSaid] = useState<{ bad: boolean; words: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const quietHours = quietBody(quiet);
    const messagesPerHour = Number(perHour);
    if (quietHours === undefined) return setSaid({ bad: true, words: t.me.told.quietWhy });
    if (!Number.isInteger(messagesPerHour) || messagesPerHour < 1 || messagesPerHour > 1_000) return setSaid({ bad: true, words: t.me.told.perHourRange });
    setBusy(true);
    patch<NoticeSettings>('/me/notice-settings', { quietHours, messagesPerHour })
      .then(
        (saved) => {
          onSaved(saved);
          setQuiet(quietOf(saved.quietHours));
          setSaid({ bad: false, words: t.me.saved });
        },
        (error: unknown) => setSaid({ bad: true, words: wordsOf(error) }),
      )
      .finally(() => setBusy(false));
  };
  return (
    <form className="me-form me-quiet" onSubmit={save}>
      <h3 className="me-h">{t.me.told.quiet}</h3>
      <p className="own-small">{t.me.told.quietWhy}</p>
      <label className="me-check">
        <input type="checkbox" checked={quiet.on} onChange={({ target }) => setQuiet({ ...quiet, on: target.checked })} data-testid="quiet-on" />
        {t.me.told.quietOn}
      </label>
      {quiet.on && (
        <div className="me-window">
          <label>
            {t.me.told.from}
            <input className="own-field" type="time" required value={quiet.from} onChange={({ target }) => setQuiet({ ...quiet, from: target.value })} />
          </label>
          <label>
            {t.me.told.to} {overMidnight(quiet) && t.me.told.nextDay}
            <input className="own-field" type="time" required value={quiet.to} onChange={({ target }) => setQuiet({ ...quiet, to: target.value })} />
          </label>
        </div>
      )}
      {quiet.more > 0 && <p className="own-small c-serious">{t.me.told.moreWindows(quiet.more)}</p>}
      <label htmlFor="per-hour">{t.me.told.perHour}</label>
      <input
        id="per-hour"
        className="own-field me-number"
        inputMode="numeric"
        value={perHour}
        onChange={({ target }) => setPerHour(target.value)}
        data-testid="per-hour"
      />
      <p className="own-small">{t.me.told.perHourWhy}</p>
      {said && (
        <p className={`own-small ${said.bad ? 'c-critical' : 'me-good'}`} role={said.bad ? 'alert' : 'status'}>
          {said.words}
        </p>
      )}
      <button className="me-do" disabled={busy} data-testid="settings-save">
        {t.me.save}
      </button>
    </form>
  );
}
