import type { Account } from '@muckwatch/contract';
import { lazy, Suspense, useEffect, useState } from 'react';
import { tabOf } from '../company/tabs.js';
import { useAlerts } from '../alerts/alertStore.js';
import { wakeAudio } from '../alerts/sound.js';
import { useWords, type Words } from '../i18n/index.js';
import { may } from '../auth/may.js';
import { connect, disconnect } from '../live/connection.js';
import { ConnectionBar } from '../live/ConnectionBar.js';
import { useLive } from '../live/liveStore.js';
import { readReview } from '../review/reviewStore.js';
import { useFocus } from './focus.js';
import { KeysHelp } from './KeysHelp.js';
import { addressAlert, type Route, useRoute } from './router.js';
import { openForTests } from './testing.js';
import { TopBar } from './TopBar.js';
import { useKeys } from './useKeys.js';
import { Waiting } from './Waiting.js';
import './desk.css';

const ControlRoom = lazy(() => import('./ControlRoom.js'));
const PermitsPage = lazy(() => import('../permits/PermitsPage.js'));
const SystemPage = lazy(() => import('../system/SystemPage.js'));
const CompanyPage = lazy(() => import('../company/CompanyPage.js'));
const LabPage = lazy(() => import('../lab/LabPage.js'));
const ReviewPage = lazy(() => import('../review/ReviewPage.js'));
const PeoplePage = lazy(() => import('../people/PeoplePage.js'));
const AuditPage = lazy(() => import('../audit/AuditPage.js'));

const TITLE: Record<Route['page'], (t: Words) => string> = {
  map: (t) => t.queue.title,
  permits: (t) => t.permits.title,
  company: (t) => t.company.title,
  lab: (t) => t.lab.title,
  system: (t) => t.system.title,
  review: (t) => t.review.title,
  people: (t) => t.people.title,
  audit: (t) => t.audit.title,
  reset: (t) => t.people.reset.title,
};

/** An address of a page that is not one's own leads to the control room: the server would refuse all that stands on it. */
function Page({ account, route }: { account: Account; route: Route }) {
  if (route.page === 'review' && may(account, 'review')) return <ReviewPage part={route.part} />;
  if (route.page === 'people' && may(account, 'administer')) return <PeoplePage part={route.part} />;
  if (route.page === 'audit' && may(account, 'audit')) return <AuditPage />;
  if (route.page === 'company') return <CompanyPage account={account} tab={tabOf(route.tab)} />;
  if (route.page === 'permits') return <PermitsPage permitId={route.permitId} />;
  if (route.page === 'lab') return <LabPage />;
  return route.page === 'system' ? <SystemPage /> : <ControlRoom />;
}

/** Everything behind the sign-in: the head line, the connection, and the page that the address names. */
export default function Desk({ account }: { account: Account }) {
  const t = useWords();
  const route = useRoute();
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
  const wanted = route.page === 'map' ? route.alertId : null;
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
        <Suspense fallback={<Waiting what={TITLE[route.page](t)} />}>
          <Page account={account} route={route} />
        </Suspense>
      </main>
      <KeysHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
