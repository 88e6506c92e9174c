import type { LabAlert } from '@muckwatch/contract';
import L from 'leaflet';
import { GroundMap } from '../map/groundMap.js';
import { keyOf } from './lab.js';
import { LabLayer } from './labLayer.js';
import { useLab } from './labStore.js';

const AT_LEAST_ZOOM = 15;

/** The lab's map: the city lying still, and what a run found. No trucks: it shows what was, not what is. */
export class LabMap extends GroundMap {
  readonly layer = new LabLayer();
  private placed = false;

  constructor(element: HTMLElement, still: boolean) {
    super(element, still);
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
