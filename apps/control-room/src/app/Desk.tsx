import type { Account } from '@muckwatch/contract';
import { Suspense, useEffect, useState } from 'react';
import { useAlerts } from '../alerts/alertStore.js';
import { wakeAudio } from '../alerts/sound.js';
import { useWords } from '../i18n/index.js';
import { connect, disconnect } from '../live/connection.js';
import { ConnectionBar } from '../live/ConnectionBar.js';
import { useLive } from '../live/liveStore.js';
import { readReview } from '../review/reviewStore.js';
import { useFocus } from './focus.js';
import { KeysHelp } from './KeysHelp.js';
import { pageOf } from './pages.js';
import { addressAlert, useRoute } from './router.js';
import { openForTests } from './testing.js';
import { TopBar } from './TopBar.js';
import { useKeys } from './useKeys.js';
import { Waiting } from './Waiting.js';
import './desk.css';

/** Everything behind the sign-in: the head line, the connection, and the page that the address names. */
export default function Desk({ account }: { account: Account }) {
  const t = useWords();
  const route = useRoute();
  const page = pageOf(account, route);
  const [help, setHelp] = useState(false);

  useEffect(() => {
    connect();
    openForTests();
    return disconnect;
  }, []);

  useEffect(() => {
    const wake = () => void wakeAudio();
    wake();
    window.addEventListener('pointerdown', wake);
    window.addEventListener('keydown', wake);
    return () => {
      window.removeEventListener('pointerdown', wake);
      window.removeEventListener('keydown', wake);
    };
  }, []);

  // The address names the chosen alert, and an address that names one chooses it as soon as it is known.
  const alertId = useFocus((s) => s.alertId);
  const onMap = route.page === 'map';
  const wanted = onMap ? route.rest : null;
  useEffect(() => {
    if (onMap && alertId !== null) addressAlert(alertId);
  }, [onMap, alertId]);
  useEffect(() => {
    if (wanted === null || useFocus.getState().alertId !== null) return;
    useFocus.setState({ alertId: wanted, panelOpen: true });
    return useAlerts.subscribe(({ alerts }) => {
      const alert = alerts.get(wanted);
      if (alert && useFocus.getState().incidentId === null) useFocus.setState({ incidentId: alert.incident });
    });
  }, [wanted]);

  const live = useLive((s) => s.link === 'live');
  useEffect(() => {
    if (live) void readReview();
  }, [live]);

  useKeys(onMap, () => setHelp((open) => !open));

  return (
    <div className="desk">
      <TopBar account={account} page={route.page} onHelp={() => setHelp(true)} />
      <ConnectionBar />
      <main className="desk-page">
        <Suspense fallback={<Waiting what={page.title(t)} />}>{page.draw(account, route)}</Suspense>
      </main>
      <KeysHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
