import type L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useAlerts } from '../alerts/alertStore.js';
import { useFocus } from '../app/focus.js';
import { useLanguage, useWords, words } from '../i18n/index.js';
import { fleet } from '../live/connection.js';
import { useLive } from '../live/liveStore.js';
import { TruckCard } from '../trucks/TruckCard.js';
import { readRegistry, useRegistry } from '../trucks/registry.js';
import { CityMap } from './cityMap.js';
import { currentMap, seeWanted, setCurrentMap } from './current.js';
import { FindBox } from './FindBox.js';
import { FollowNote } from './FollowNote.js';
import { unfollow, useFollow } from './follow.js';
import { HeatLegend } from './HeatLegend.js';
import { useHeat } from './heatStore.js';
import { LayerMenu } from './LayerMenu.js';
import { Legend } from './Legend.js';
import './map.css';
import { MapCorner } from './MapCorner.js';
import { readBase, readPlaces, readSettings, useMap } from './mapStore.js';
import { marksOf } from './marks.js';
import { MeasureBox } from './MeasureBox.js';
import { leaveMeasuring } from './measureStore.js';
import { PlaceCard } from './PlaceCard.js';
import { RouteCard } from './RouteCard.js';
import { readRoutes, useRoutes } from './routeStore.js';
import { drawnLarger } from '../app/pixels.js';

export function MapPane() {
  const element = useRef<HTMLDivElement>(null);
  const map = useCityMap(element);
  return (
    <div className="map">
      <div ref={element} className="map-canvas" data-testid="map" />
      <FindBox />
      <LayerMenu />
      <div className="map-foot">
        <FollowNote />
        <MeasureBox />
        <HeatLegend />
        <Legend />
      </div>
      <MapCorner map={map} />
      <Cards />
      <Notes />
    </div>
  );
}

/** Makes the map once and tells it what changed. React draws the boxes over it, never the map itself. */
function useCityMap(element: React.RefObject<HTMLDivElement | null>): L.Map | null {
  const [map, setMap] = useState<L.Map | null>(null);
  // Of the layout, since a passive effect outlives its box: the stores would go on drawing on a map that is gone.
  useLayoutEffect(() => {
    const box = element.current!;
    const city = new CityMap(box, fleet, window.matchMedia('(prefers-reduced-motion: reduce)').matches);
    city.room = () => roomOf(box);
    city.roomBesideCard = () => besideCard(box, roomOf(box));
    city.card = () => cardOn(box);
    setCurrentMap(city);
    setMap(city.map);
    const resized = new ResizeObserver(() => city.map.invalidateSize({ pan: false, animate: false }));
    resized.observe(box);

    const onMap = (s: ReturnType<typeof useMap.getState>) => {
      city.ground.base = s.base;
      city.ground.places = s.places;
      city.ground.hidden = new Set(s.hidden);
      city.ground.names = s.names;
      city.trucks.plates = s.plates;
      city.trails.show(s.trails);
      if (s.placesRead !== 'reading') city.showCityOnce();
      city.ground.redraw();
      city.routes.hidden = !s.routes;
      city.routes.redraw();
      city.trucks.wake();
    };
    const onRoutes = () => {
      city.routes.routes = useRoutes.getState().routes;
      city.routes.redraw();
    };
    const onAlerts = () => {
      const before = city.trucks.ringed;
      const { worst, ringed, fresh } = marksOf(useAlerts.getState().alerts.values(), before);
      city.trucks.worst = worst;
      city.trucks.ringed = ringed;
      // Nothing pulses for what already stood there when the page was opened.
      if (before.size > 0 || useLive.getState().link === 'live') for (const id of fresh) city.trucks.pulse(id);
      city.trucks.wake();
    };
    const onFocus = () => {
      const { alertId, truckId, placeId, routeId } = useFocus.getState();
      const alert = alertId === null ? null : useAlerts.getState().alerts.get(alertId);
      city.trucks.chosenId = truckId ?? alert?.truck.id ?? null;
      if (city.trucks.chosenId !== useFollow.getState().truckId) unfollow();
      city.track.pin(alert && alert.truck.id === null && truckId === null ? alert.position : null, alert?.severity ?? 'minor');
      city.trucks.wake();
      if (city.routes.chosen.has(routeId ?? '') !== (routeId !== null) || city.routes.chosen.size > 0) {
        city.routes.chosen = new Set(routeId === null ? [] : [routeId]);
        city.routes.redraw();
      }
      if (city.ground.chosenPlace === placeId) return;
      city.ground.chosenPlace = placeId;
      city.ground.redraw();
    };
    onMap(useMap.getState());
    onRoutes();
    const { worst, ringed } = marksOf(useAlerts.getState().alerts.values(), new Set());
    Object.assign(city.trucks, { worst, ringed });
    onFocus();
    const onHeat = ({ shown, heat }: ReturnType<typeof useHeat.getState>) => city.heat.show(shown ? heat : null);
    city.heat.words = (cell) => words().mapTools.heat.cell(cell.count, cell.confirmed);
    onHeat(useHeat.getState());
    seeWanted();
    const stops = [
      useHeat.subscribe(onHeat),
      useFollow.subscribe(({ truckId }) => city.follower.start(truckId)),
      useMap.subscribe(onMap),
      useRoutes.subscribe(onRoutes),
      useAlerts.subscribe((now, was) => now.alerts !== was.alerts && (onAlerts(), onFocus())),
      useFocus.subscribe(onFocus),
      useLanguage.subscribe(() => city.ground.redraw()),
      useLive.subscribe((now, was) => now.trucks > 0 && was.trucks === 0 && useMap.getState().placesRead !== 'reading' && city.showCityOnce()),
    ];
    return () => {
      for (const stop of stops) stop();
      unfollow();
      leaveMeasuring();
      resized.disconnect();
      setCurrentMap(null);
      city.destroy();
    };
  }, [element]);

  const edits = useLive((s) => s.edits);
  useEffect(() => void readPlaces(), [edits.places]);
  useEffect(() => void readRoutes(), [edits.routes]);
  useEffect(() => void readBase(), [edits['base-map']]);
  useEffect(() => void readSettings(), []);
  useEffect(() => {
    if (edits.registry > 0 && useRegistry.getState().state === 'read') void readRegistry(true);
  }, [edits.registry]);
  return map;
}

/** What the find box, the buttons and an open drawer take from the map. */
function roomOf(element: HTMLElement) {
  const panel = document.querySelector('.room-panel:not(.closed)')?.getBoundingClientRect();
  const map = element.getBoundingClientRect();
  const scale = drawnLarger(element);
  const covered = panel && panel.width > 0 ? Math.max(0, map.right - Math.max(panel.left, map.left)) : 0;
  const list = element.parentElement?.querySelector('.heat-worst')?.getBoundingClientRect();
  const listed = list ? Math.min(map.bottom - list.top + 32, map.height * 0.6) : 0;
  // On a phone the panel covers all of it: then the room is the whole map, for when the panel is closed.
  return { top: 76, bottom: Math.max(76, listed / scale), left: 44, right: (covered < map.width * 0.8 ? covered / scale : 0) + 44 };
}

/** The open card takes room as well: from the left, or on a phone, where it is as wide as the map, from above. */
function besideCard(element: HTMLElement, room: ReturnType<typeof roomOf>) {
  const card = cardOn(element);
  if (!card) return room;
  if (card.right - card.left < element.clientWidth * 0.6) return { ...room, left: card.right };
  return { ...room, top: Math.min(card.bottom, element.clientHeight * 0.5) };
}

/** The open card's edges in the map's own px. */
function cardOn(element: HTMLElement) {
  const card = element.parentElement?.querySelector('.card')?.getBoundingClientRect();
  if (!card) return null;
  const map = element.getBoundingClientRect();
  const scale = drawnLarger(element);
  return {
    left: (card.left - map.left) / scale,
    right: (card.right - map.left) / scale,
    top: (card.top - map.top) / scale,
    bottom: (card.bottom - map.top) / scale,
  };
}

function Cards() {
  const { truckId, placeId, routeId } = useFocus();
  if (truckId !== null) return <TruckCard key={truckId} truckId={truckId} />;
  if (routeId !== null) return <RouteCard key={routeId} routeId={routeId} />;
  return placeId === null ? null : <PlaceCard key={placeId} placeId={placeId} />;
}

/** What the map lacks, in words; an empty map says what would fill it. */
function Notes() {
  const t = useWords();
  const { placesRead, baseRead } = useMap();
  const { link, trucks } = useLive();
  const notes = [
    placesRead === 'failed' && { words: t.map.placesFailed, again: readPlaces },
    baseRead === 'failed' && { words: t.map.baseFailed, again: readBase },
    link === 'live' && trucks === 0 && { words: t.map.noTrucks, again: null },
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <div className="map-notes">
      {notes.map(({ words, again }) => (
        <div key={words} className="map-box">
          {words}{' '}
          {again && (
            <button className="plain c-minor" onClick={() => void again()}>
              {t.retry}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

/** For cards: shows something on the map that is there now. */
export const onMap = currentMap;
