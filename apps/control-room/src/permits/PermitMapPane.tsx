import { Button } from 'antd';
import { useEffect, useMemo, useRef } from 'react';
import { useFocus } from '../app/focus.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { MapFrame } from '../map/MapFrame.js';
import { useMap } from '../map/mapStore.js';
import { RouteCard } from '../map/RouteCard.js';
import { useRoutes } from '../map/routeStore.js';
import { useGroundMap } from '../map/useGroundMap.js';
import { drawRoute, useDesk } from './desk.js';
import type { Box } from '../map/workMap.js';
import { PermitMap } from './permitMap.js';
import { usePermits } from './permitsStore.js';
import { retireRoute } from './saving.js';
import { snapPointsOf } from './snap.js';
import { finishRoute } from './usePermitKeys.js';

let current: PermitMap | null = null;

/** The map of the permits page while it is there: for the keys. */
export const permitMap = (): PermitMap | null => current;

export function PermitMapPane({ mayChange }: { mayChange: boolean }) {
  const t = useWords();
  const element = useRef<HTMLDivElement>(null);
  const city = useCity(element);
  useShown(city);
  const drawing = useDesk((s) => s.route !== null);
  const zone = useZone();
  const routeId = useFocus((s) => s.routeId);
  const route = useRoutes((s) => s.routes.find(({ id }) => id === routeId));
  return (
    <MapFrame box={element} map={city} className="permits-map" testid="permit-map" drawn>
      {drawing ? (
        <DrawHint />
      ) : (
        route && (
          <RouteCard
            routeId={route.id}
            more={
              mayChange && (
                <div className="card-acts">
                  <Button size="small" onClick={() => drawRoute(route, zone)} data-testid="edit-route">
                    {t.permits.route.edit}
                  </Button>
                  <Button size="small" danger onClick={() => void retireRoute(route)} data-testid="retire-route">
                    {t.permits.route.retire}
                  </Button>
                </div>
              )
            }
          />
        )
      )}
    </MapFrame>
  );
}

function useCity(element: React.RefObject<HTMLDivElement | null>): PermitMap | null {
  const map = useGroundMap(element, (box, still) => new PermitMap(box, still, finishRoute));
  useEffect(() => {
    current = map;
    return () => void (current = null);
  }, [map]);
  return map;
}

/** Tells the map what there is and what the page is about. */
function useShown(city: PermitMap | null): void {
  const { base, places } = useMap();
  const language = useLanguage((s) => s.language);
  const routes = useRoutes((s) => s.routes);
  const { permit, route, hoveredId } = useDesk();
  const permits = usePermits((s) => s.permits);
  const focused = useFocus((s) => s.routeId);

  const hovered = useMemo(() => permits.find(({ id }) => id === hoveredId), [permits, hoveredId]);
  const about = permit?.form ?? hovered ?? null;
  const routeKey = [...(about?.routeIds ?? []), focused, hovered ? null : hoveredId].filter(Boolean).join(' ');
  const placeKey = about ? [about.siteId, ...about.yardIds].filter(Boolean).join(' ') : '';
  const editedId = route?.route?.id ?? null;

  useEffect(() => {
    if (!city) return;
    city.routes.routes = routes;
    city.routes.chosen = new Set(routeKey.split(' '));
    city.routes.editedId = editedId;
    city.routes.quiet = route !== null;
    city.routes.redraw();
  }, [city, routes, routeKey, editedId, route !== null]);

  useEffect(() => {
    if (!city) return;
    city.showGround({ base, places, marked: new Set(placeKey.split(' ')) });
  }, [city, base, places, placeKey, language]);

  useEffect(() => city?.showOnce(places), [city, places]);

  // What is opened is shown; a pointer that passes over the list does not move the map.
  const openPlaces = permit ? placeKey : '';
  useEffect(() => {
    if (!city || route) return;
    const wanted = new Set([...openPlaces.split(' '), ...(permit?.form.routeIds ?? []), ...(focused ? [focused] : [])]);
    const boxes: Box[] = [...places, ...routes].filter(({ id }) => wanted.has(id));
    city.show(boxes);
    // Places and routes are left out: being read again is no reason to move.
  }, [city, openPlaces, focused, permit?.form.routeIds.join(' '), places.length > 0]);

  const started = route !== null;
  useEffect(() => {
    if (!city || !started) return;
    const shapes = [
      ...places.map(({ name, rings }) => ({ name, lines: rings.map(({ line }) => line) })),
      ...routes.filter(({ id }) => id !== editedId).map(({ name, paths }) => ({ name, lines: paths.map(({ line }) => line) })),
    ];
    city.hand.corners = snapPointsOf(shapes);
  }, [city, started, editedId, places, routes]);
  useEffect(() => {
    const edited = useDesk.getState().route?.route;
    if (city && edited) city.show([edited]);
  }, [city, editedId]);
}

/** What the next click does, and the keys; nothing in it changes its size while the hand moves. */
function DrawHint() {
  const t = useWords();
  const route = useDesk((s) => s.route);
  if (!route) return null;
  const begun = route.edit.lines.some((line) => line.length > 0);
  return (
    <div className="draw-hint map-box">
      <b>{!route.drawing ? t.permits.route.done : begun ? t.permits.route.next : t.permits.route.first}</b>
      <span className="draw-keys">
        {t.permits.route.keys.map(([key, what]) => (
          <span key={key}>
            <kbd>{key}</kbd> {what}
          </span>
        ))}
      </span>
      <span className="draw-touch">{t.permits.route.touchHint}</span>
    </div>
  );
}
