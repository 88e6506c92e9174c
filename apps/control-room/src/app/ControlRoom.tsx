import { Suspense, useEffect, useState } from 'react';
import { Detail } from '../alerts/Detail.js';
import { Queue } from '../alerts/Queue.js';
import { UndoToast } from '../alerts/UndoToast.js';
import { CommandDialog } from '../commands/CommandDialog.js';
import { offerTour, useTour } from '../help/tourStore.js';
import { useWords } from '../i18n/index.js';
import { isSeeing } from '../map/current.js';
import { useMap } from '../map/mapStore.js';
import { MapPane } from '../map/MapPane.js';
import { SnoozeDialog } from '../snooze/SnoozeDialog.js';
import { TellDialog } from '../told/TellDialog.js';
import { useFocus } from './focus.js';
import { part } from './part.js';

const Tour = part(() => import('../help/Tour.js'));

/** Queue, map, chosen incident: the map never hides the queue, the incident never hides the queue. */
export default function ControlRoom() {
  const t = useWords();
  const panelOpen = useFocus((s) => s.panelOpen);
  const [phoneMap, setPhoneMap] = useState(isSeeing);
  const demo = useMap((s) => s.demo);
  const touring = useTour((s) => s.step !== null);
  useEffect(() => offerTour(demo), [demo]);
  return (
    <div className={`room ${phoneMap ? 'on-map' : ''}`}>
      <Queue />
      <div className="room-map">
        <MapPane />
      </div>
      <aside className={`room-panel ${panelOpen ? '' : 'closed'}`}>
        <Detail onSeeMap={() => setPhoneMap(true)} />
      </aside>
      <nav className="room-tabs" role="tablist">
        <button role="tab" aria-selected={!phoneMap} onClick={() => setPhoneMap(false)}>
          {t.phone.queue}
        </button>
        <button role="tab" aria-selected={phoneMap} onClick={() => setPhoneMap(true)}>
          {t.phone.map}
        </button>
      </nav>
      <UndoToast />
      <SnoozeDialog />
      <TellDialog />
      <CommandDialog />
      {touring && (
        <Suspense>
          <Tour />
        </Suspense>
      )}
    </div>
  );
}
