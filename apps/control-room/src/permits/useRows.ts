import { useMemo } from 'react';
import { useNow } from '../app/useNow.js';
import { useZone } from '../live/liveStore.js';
import { useMap } from '../map/mapStore.js';
import { useRoutes } from '../map/routeStore.js';
import { useRegistry } from '../trucks/registry.js';
import { useDesk } from './desk.js';
import { countsOf, finds, inOrder, type Names, type PermitRow, rowOf } from './permitRows.js';
import { usePermits } from './permitsStore.js';

/** Names of everything that a permit names. */
export function useNames(): Names {
  const { trucks, companies } = useRegistry();
  const places = useMap((s) => s.places);
  const routes = useRoutes((s) => s.routes);
  return useMemo(
    () => ({
      trucks,
      companies,
      places: new Map(places.map(({ id, name }) => [id, name])),
      routes: new Map(routes.map(({ id, name }) => [id, name])),
    }),
    [trucks, companies, places, routes],
  );
}

/** The permits that search and filter let through, in order; with how many there are of each state among those searched for. */
export function useRows(): { rows: PermitRow[]; counts: ReturnType<typeof countsOf> } {
  const names = useNames();
  const zone = useZone();
  const permits = usePermits((s) => s.permits);
  const { search, period } = useDesk();
  // How a permit stands changes at whole minutes.
  const minute = Math.floor(useNow() / 60_000) * 60_000;
  const all = useMemo(() => inOrder(permits.map((permit) => rowOf(permit, names, minute, zone))), [permits, names, minute, zone]);
  return useMemo(() => {
    const found = all.filter((row) => finds(row, search));
    return { rows: found.filter(({ now }) => (period === null ? now.period !== 'retired' : now.period === period)), counts: countsOf(found) };
  }, [all, search, period]);
}
