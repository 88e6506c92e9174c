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
  const { offered, writing, looking } = useHanding();
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
              timeWords(Date.parse(offered.at), serverNow(), zone, t),
              offered.facts.undecided.critical + offered.facts.undecided.serious + offered.facts.undecided.minor,
            )}
          </span>
          <b>{t.shifts.look}</b>
        </button>
      )}
      <Suspense>
        {writing && <HandoverDialog />}
        {looking && <TakeDialog />}
      </Suspense>
    </>
  );
}
