import type { LabAlert } from '@muckwatch/contract';
import L from 'leaflet';
import { GroundLayer } from '../map/groundLayer.js';
import { latOf, lonOf } from '../map/projection.js';
import { keyOf } from './lab.js';
import { LabLayer } from './labLayer.js';
import { useLab } from './labStore.js';

const AT_LEAST_ZOOM = 15;

/** The lab's map: the city lying still, and what a run found. No trucks: it shows what was, not what is. */
export class LabMap {
  readonly map: L.Map;
  readonly ground = new GroundLayer();
  readonly layer = new LabLayer();
  private placed = false;

  constructor(
    element: HTMLElement,
    private readonly still: boolean,
  ) {
    this.map = L.map(element, {
      zoomControl: false,
      attributionControl: false,
      zoomSnap: 0.25,
      wheelPxPerZoomLevel: 110,
      minZoom: 8,
      maxZoom: 19,
      zoomAnimation: !still,
      inertia: !still,
      keyboard: false,
    });
    ['ground', 'lab'].forEach((name, i) => (this.map.createPane(name).style.zIndex = String(250 + i * 50)));
    this.map.setView([31.69, 113.37], 12);
    this.ground.addTo(this.map);
    this.layer.addTo(this.map);
    this.map.on('click', ({ containerPoint: { x, y } }) => {
      const alert = this.layer.pick(x, y);
      if (alert) chooseFound(alert);
    });
    this.map.on('mousemove', ({ containerPoint: { x, y } }) => {
      this.map.getContainer().classList.toggle('over-truck', this.layer.pick(x, y) !== null);
    });
    // A phone shows the map later: then it goes where it should have gone.
    this.map.on('resize', () => this.placed || this.showAll(false));
  }

  /** All that was found, or the city where nothing was. */
  showAll(animate = true): void {
    const bounds = this.found.length > 0 ? L.latLngBounds(this.found.map(({ position }) => [position.lat, position.lon])) : this.cityBounds();
    const size = this.map.getSize();
    if (!bounds || size.x === 0 || size.y === 0) return;
    this.placed = true;
    const options = { padding: L.point(48, 64), maxZoom: AT_LEAST_ZOOM };
    if (animate && !this.still) this.map.flyToBounds(bounds, { ...options, duration: 0.6 });
    else this.map.fitBounds(bounds, { ...options, animate: false });
  }

  private found: readonly LabAlert[] = [];

  show(alerts: readonly LabAlert[]): void {
    this.found = alerts;
    this.layer.show(alerts);
  }

  lookAt({ position: { lat, lon } }: LabAlert): void {
    this.placed = true;
    const zoom = Math.max(AT_LEAST_ZOOM, this.map.getZoom());
    if (this.still) this.map.setView([lat, lon], zoom, { animate: false });
    else this.map.flyTo([lat, lon], zoom, { duration: 0.6 });
  }

  destroy(): void {
    this.map.remove();
  }

  private cityBounds(): L.LatLngBounds | null {
    const { places } = this.ground;
    if (places.length === 0) return null;
    const all = L.latLngBounds([]);
    for (const { west, north, east, south } of places) all.extend([latOf(south), lonOf(west)]).extend([latOf(north), lonOf(east)]);
    return all;
  }
}

let current: LabMap | null = null;
export const setLabMap = (map: LabMap | null): void => void (current = map);
export const labMap = (): LabMap | null => current;

/** From the list or the map: the sentence is shown and the map goes there. */
export function chooseFound(alert: LabAlert): void {
  useLab.setState({ chosen: keyOf(alert) });
  // On a phone the map is further up the page; on a desk it is in view and nothing moves.
  current?.map.getContainer().scrollIntoView({ block: 'nearest' });
  current?.lookAt(alert);
}
