import { useMemo } from 'react';
import { Waiting } from '../app/Waiting.js';
import { chooseRoute, useFocus } from '../app/focus.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { readRoutes, useRoutes } from '../map/routeStore.js';
import { useDesk } from './desk.js';
import { usePermits } from './permitsStore.js';
import { validityWords } from './when.js';

/** Routes by name; one that is chosen is shown on the map with what can be done with it. */
export function RouteList() {
  const t = useWords();
  const zone = useZone();
  const { routes, read, fault } = useRoutes();
  const permits = usePermits((s) => s.permits);
  const search = useDesk((s) => s.search);
  const chosen = useFocus((s) => s.routeId);
  const users = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { routeIds, retired } of permits) if (!retired) for (const id of routeIds) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  }, [permits]);
  const word = search.trim().toLowerCase();
  const found = useMemo(
    () =>
      routes
        .filter(({ id, name }) => name.toLowerCase().includes(word) || id.toLowerCase().includes(word))
        .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true })),
    [routes, word],
  );

  if (read === 'reading' && routes.length === 0) return <Waiting what={t.permits.tabs.routes} />;
  const hover = (id: string | null) => useDesk.setState({ hoveredId: id });
  return (
    <div className="permits-list" role="list" data-testid="routes">
      {read === 'failed' && (
        <p className="permits-empty c-serious" role="alert">
          {t.permits.empty.routesFailed} {fault}{' '}
          <button className="plain c-minor" onClick={() => void readRoutes()}>
            {t.retry}
          </button>
        </p>
      )}
      {found.map((route) => (
        <button
          key={route.id}
          className={`permit-row ${chosen === route.id ? 'on' : ''}`}
          role="listitem"
          aria-current={chosen === route.id}
          onClick={() => chooseRoute(route.id)}
          onPointerEnter={() => hover(route.id)}
          onPointerLeave={() => hover(null)}
          data-testid="route-row"
        >
          <span className="permit-one">
            <span className="permit-way">
              <b>{route.name}</b>
            </span>
            <span className="permit-state">
              {(route.lengthM / 1000).toFixed(1)} {t.unit.km}
            </span>
          </span>
          <span className="permit-one">
            <span className="permit-line wraps">
              {t.permits.route.width} {route.widthM} {t.unit.m} · {t.permits.route.usedBy} {users.get(route.id) ?? 0} ·{' '}
              {validityWords(route.feature.properties.validFrom ?? null, route.feature.properties.validTo ?? null, zone, t)}
            </span>
            <span className="permit-id">{route.id}</span>
          </span>
        </button>
      ))}
      {found.length === 0 && read === 'read' && (
        <div className="permits-empty">
          <strong>{word === '' ? t.permits.empty.routes : t.permits.empty.filteredRoutes}</strong>
          <p>{word === '' && t.permits.empty.routesWhy}</p>
        </div>
      )}
    </div>
  );
}
