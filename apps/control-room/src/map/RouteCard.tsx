import { useEffect, type ReactNode } from 'react';
import { chooseRoute } from '../app/focus.js';
import { useWords } from '../i18n/index.js';
import { useNow } from '../app/useNow.js';
import { useZone } from '../live/liveStore.js';
import { permitNow } from '../permits/permitNow.js';
import { readPermits, usePermits } from '../permits/permitsStore.js';
import { validityWords } from '../permits/when.js';
import { ROUTE_COLOUR } from '../theme/tokens.js';
import { MapCard } from './MapCard.js';
import { useMap } from './mapStore.js';
import { useRoutes } from './routeStore.js';

/** One route: how wide, how long, and the permits that name it. `more` is what else can be done with it here. */
export function RouteCard({ routeId, more }: { routeId: string; more?: ReactNode }) {
  const t = useWords();
  const zone = useZone();
  const route = useRoutes((s) => s.routes.find(({ id }) => id === routeId));
  const read = usePermits((s) => s.read);
  useEffect(() => {
    if (read === 'no') void readPermits();
  }, [read]);
  if (!route) return null;

  const { validFrom, validTo } = route.feature.properties;
  const rows: [string, ReactNode][] = [
    [t.permits.route.width, `${route.widthM} ${t.unit.m}`],
    [t.permits.route.length, `${(route.lengthM / 1000).toFixed(1)} ${t.unit.km}`],
    [t.permits.route.validity, validityWords(validFrom ?? null, validTo ?? null, zone, t)],
    [t.permits.route.usedBy, <Users key="users" routeId={routeId} />],
  ];
  return (
    <MapCard testId="route-card" name={route.name} kind={t.permits.route.title} colour={ROUTE_COLOUR} rows={rows} onClose={() => chooseRoute(null)}>
      {more}
    </MapCard>
  );
}

const MOST = 6;

function Users({ routeId }: { routeId: string }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const { permits, read } = usePermits();
  const places = useMap((s) => s.places);
  const users = permits.filter((permit) => permit.routeIds.includes(routeId) && ['active', 'not-yet'].includes(permitNow(permit, now, zone).period));
  if (users.length === 0) return read === 'read' ? t.permits.route.unused : read === 'failed' ? t.permits.empty.failed : t.loading(t.permits.title);
  return (
    <>
      {users.slice(0, MOST).map((permit) => (
        <a key={permit.id} className="card-link" href={`#/permits/${encodeURIComponent(permit.id)}`}>
          {permit.id} · {places.find(({ id }) => id === permit.siteId)?.name ?? permit.siteId}
        </a>
      ))}
      {users.length > MOST && `+ ${users.length - MOST}`}
    </>
  );
}
