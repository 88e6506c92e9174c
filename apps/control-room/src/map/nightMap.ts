import L from 'leaflet';
import { remember, remembered } from '../app/remember.js';

/** What lies over what, lowest first. */
const PANES = ['ground', 'heat', 'routes', 'track', 'trails', 'trucks', 'draw'];

/** A bare Leaflet map with our panes; what is shown on it are layers. */
export function makeMap(element: HTMLElement, reducedMotion: boolean): L.Map {
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.25,
    wheelPxPerZoomLevel: 110,
    minZoom: 8,
    maxZoom: 19,
    zoomAnimation: !reducedMotion,
    inertia: !reducedMotion,
    keyboard: false,
  });
  PANES.forEach((name, i) => (map.createPane(name).style.zIndex = String(250 + i * 40)));
  return map;
}

/** Takes a map away, in the middle of a zoom as well: Leaflet would end that zoom a moment later, on a map that is gone. */
export function leaveMap(map: L.Map): void {
  map.remove();
  (map as unknown as { _animatingZoom: boolean })._animatingZoom = false;
}

/** Where somebody last looked; false where nobody has. */
export function showRemembered(map: L.Map): boolean {
  const [lat, lon, zoom] = (remembered('view') ?? '').split(',').map(Number);
  const placed = [lat, lon, zoom].every((n) => Number.isFinite(n));
  // A movement that is still under way would end on this view after a page has already laid its own things into the map.
  const [centre, at]: [L.LatLngTuple, number] = placed ? [[lat!, lon!], zoom!] : [[31.69, 113.37], 12];
  map.setView(centre, at, { animate: false });
  return placed;
}

export function rememberView(map: L.Map): void {
  // A map that is being left has no size any more, and its middle is its corner.
  const { x, y } = map.getSize();
  if (x === 0 || y === 0) return;
  const { lat, lng } = map.getCenter();
  remember('view', `${lat.toFixed(5)},${lng.toFixed(5)},${map.getZoom()}`);
}
