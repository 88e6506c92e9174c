import { useEffect, useState } from 'react';
import { useFocus } from '../app/focus.js';
import { go } from '../app/router.js';
import { useUnsaved } from '../app/useUnsaved.js';
import { useMay } from '../auth/may.js';
import { useWords, words } from '../i18n/index.js';
import { useLive, useZone } from '../live/liveStore.js';
import { readPlaces } from '../map/mapStore.js';
import { readRoutes } from '../map/routeStore.js';
import { readRegistry } from '../trucks/registry.js';
import { isUnsaved, note, openPermit, useDesk } from './desk.js';
import { ImportPermits } from './ImportPermits.js';
import { Note } from './Note.js';
import { PermitDrawer } from './PermitDrawer.js';
import { PermitMapPane } from './PermitMapPane.js';
import './permits.css';
import { readPermits, usePermits } from './permitsStore.js';
import { RouteDrawer } from './RouteDrawer.js';
import { Side } from './Side.js';
import { usePermitKeys } from './usePermitKeys.js';

/** Permits and routes: the list, or what is being filled in, at the left; the map beside it. */
export default function PermitsPage({ permitId }: { permitId: string | null }) {
  const t = useWords();
  const mayChange = useMay('plan');
  const open = useDesk((s) => (s.route ? 'route' : s.permit ? 'permit' : 'list'));
  const importing = useDesk((s) => s.importing);
  const [phoneMap, setPhoneMap] = useState(false);
  useReading();
  useAddress(permitId);
  usePermitKeys(mayChange);
  useUnsaved(useDesk(isUnsaved));
  // On a phone, a route that is chosen on the list is to be seen.
  const routeId = useFocus((s) => s.routeId);
  useEffect(() => {
    if (routeId !== null) setPhoneMap(true);
  }, [routeId]);

  return (
    <div className={`permits is-${open} ${phoneMap ? 'on-map' : ''}`} data-testid="permits-page">
      <Side mayChange={mayChange} />
      <PermitMapPane mayChange={mayChange} />
      {open === 'permit' && <PermitDrawer mayChange={mayChange} />}
      {open === 'route' && <RouteDrawer mayChange={mayChange} />}
      <nav className="room-tabs" role="tablist">
        <button role="tab" aria-selected={!phoneMap} onClick={() => setPhoneMap(false)}>
          {t.permits.title}
        </button>
        <button role="tab" aria-selected={phoneMap} onClick={() => setPhoneMap(true)}>
          {t.phone.map}
        </button>
      </nav>
      <Note />
      {importing && <ImportPermits />}
    </div>
  );
}

/** Read when the page opens and when the server says that something was edited. */
function useReading(): void {
  const edits = useLive((s) => s.edits);
  useEffect(() => void readPermits(), [edits.permits]);
  useEffect(() => void readRoutes(), [edits.routes]);
  useEffect(() => void readPlaces(), [edits.places]);
  useEffect(() => void readRegistry(true), [edits.registry]);
}

/** An address that names a permit opens it as soon as it is known; once it is closed the address names the page again. */
function useAddress(permitId: string | null): void {
  const zone = useZone();
  const wanted = usePermits((s) => (permitId === null ? undefined : s.permits.find(({ id }) => id === permitId)));
  const gone = usePermits((s) => s.read === 'read') && permitId !== null && wanted === undefined;
  useEffect(() => {
    if (gone) note(words().permits.empty.gone(permitId));
  }, [gone, permitId]);
  const openId = useDesk((s) => s.permit?.permit?.id ?? null);
  const [opened, setOpened] = useState<string | null>(null);
  useEffect(() => {
    if (!wanted || opened === wanted.id) return;
    setOpened(wanted.id);
    if (useDesk.getState().permit?.permit?.id !== wanted.id) openPermit(wanted, zone);
  }, [wanted, opened, zone]);
  useEffect(() => {
    if (permitId !== null && opened === permitId && openId !== permitId) {
      setOpened(null);
      go('#/permits');
    }
  }, [permitId, opened, openId]);
}
