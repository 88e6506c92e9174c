import { Suspense, useEffect } from 'react';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useLive, useZone } from '../live/liveStore.js';
import { myId } from './assign.js';
import { readOffered, useHanding } from './handoverStore.js';
import { part } from '../app/part.js';

const HandoverDialog = part(() => import('./HandoverDialog.js'));
const TakeDialog = part(() => import('./TakeDialog.js'));

/** Above the queue: what the shift before left waits until somebody takes it. */
export function HandoverBar() {
  const t = useWords();
  const zone = useZone();
  const { offered, handed, writing, looking } = useHanding();
  const said = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  const edit = useLive((s) => s.edits.handovers);
  useEffect(() => {
    const me = myId();
    if (me !== null) void readOffered(me);
  }, [edit]);
  return (
    <>
      {offered && (
        <button className="queue-waiting" onClick={() => useHanding.setState({ looking: offered })} data-testid="handover-offered">
          <span>
            {t.shifts.waiting(
              offered.by.name,
              said(offered.at),
              offered.facts.undecided.critical + offered.facts.undecided.serious + offered.facts.undecided.minor,
            )}
          </span>
          <b>{t.shifts.look}</b>
        </button>
      )}
      {handed && (
        <div className="queue-waiting" role="status" data-testid="handed-over">
          <span>
            <a href="#/handovers">{t.shifts.handed(said(handed.at))}</a> ·{' '}
            {handed.taken ? t.shifts.takenBy(handed.taken.by.name, said(handed.taken.at)) : t.shifts.notTaken}
          </span>
          <button className="plain" onClick={() => useHanding.setState({ handed: null })} aria-label={t.close}>
            ✕
          </button>
        </div>
      )}
      <Suspense>
        {writing && <HandoverDialog />}
        {looking && <TakeDialog />}
      </Suspense>
    </>
  );
}
