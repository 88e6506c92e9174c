import type { ReactNode } from 'react';
import { chooseRoute } from '../app/focus.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { validityWords } from '../permits/when.js';
import { ROUTE_COLOUR } from '../theme/tokens.js';
import { CardHistory } from './CardHistory.js';
import { MapCard } from './MapCard.js';
import { useMap } from './mapStore.js';
import { PermitsOf } from './PermitsOf.js';
import { useRoutes } from './routeStore.js';

/** One route: how wide, how long, the permits that name it, and who changed it. `more` is what else can be done with it here. */
export function RouteCard({ routeId, more }: { routeId: string; more?: ReactNode }) {
  const t = useWords();
  const zone = useZone();
  const places = useMap((s) => s.places);
  const route = useRoutes((s) => s.routes.find(({ id }) => id === routeId));
  if (!route) return null;

  const { validFrom, validTo } = route.feature.properties;
  const users = (
    <PermitsOf
      key="users"
      names={({ routeIds }) => routeIds.includes(routeId)}
      says={({ siteId }) => places.find(({ id }) => id === siteId)?.name ?? siteId}
      none={t.permits.route.unused}
    />
  );
  const rows: [string, ReactNode][] = [
    [t.permits.route.width, `${route.widthM} ${t.unit.m}`],
    [t.permits.route.length, `${(route.lengthM / 1000).toFixed(1)} ${t.unit.km}`],
    [t.permits.route.validity, validityWords(validFrom ?? null, validTo ?? null, zone, t)],
    [t.permits.route.usedBy, users],
  ];
  return (
    <MapCard testId="route-card" name={route.name} kind={t.permits.route.title} colour={ROUTE_COLOUR} rows={rows} onClose={() => chooseRoute(null)}>
      {more}
      <CardHistory path={`/routes/${encodeURIComponent(routeId)}`} kind={null} />
    </MapCard>
  );
}
