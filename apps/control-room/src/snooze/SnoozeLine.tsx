import type { Snooze } from '@muckwatch/contract';
import { useState } from 'react';
import { wordsOf } from '../app/api.js';
import { timeWords } from '../app/time.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { endSnooze } from './snoozes.js';
import './snooze.css';

/** One snooze in force: until when, by whom, why, and the way to end it. */
export function SnoozeLine({ snooze, withRule = false }: { snooze: Snooze; withRule?: boolean }) {
  const t = useWords();
  const zone = useZone();
  return (
    <div className="snooze-line" data-testid="snooze-line">
      <span>
        <span className="tag">{t.queue.snoozed}</span> {withRule && <b>{t.rule[snooze.rule]} </b>}
        {t.snooze.untilBy(timeWords(Date.parse(snooze.until), serverNow(), zone, t), snooze.by)}
        <small>{t.detail.reasonOf(snooze.reason)}</small>
      </span>
      <EndSnooze id={snooze.id} />
    </div>
  );
}

export function EndSnooze({ id }: { id: string }) {
  const t = useWords();
  const mayEnd = useMay('decide');
  const [state, setState] = useState<{ busy: boolean; fault: string | null }>({ busy: false, fault: null });
  const end = () => {
    setState({ busy: true, fault: null });
    endSnooze(id).catch((error: unknown) => setState({ busy: false, fault: wordsOf(error) }));
  };
  if (!mayEnd) return null;
  return (
    <>
      <button className="chip" disabled={state.busy} onClick={end} data-testid="snooze-end">
        {t.snooze.end}
      </button>
      {state.fault && <span className="c-serious">{state.fault}</span>}
    </>
  );
}
