import L from 'leaflet';
import { GroundLayer } from './groundLayer.js';
import { leaveMap, makeMap } from './nightMap.js';
import { latOf, lonOf } from './projection.js';

/** What every map is but the control room's own, which is full of traffic: the city lying still. What a page is about lies on it. */
export class GroundMap {
  readonly map: L.Map;
  readonly ground = new GroundLayer();

  constructor(
    element: HTMLElement,
    protected readonly still: boolean,
  ) {
    this.map = makeMap(element, still);
    this.map.setView([31.69, 113.37], 11);
    this.ground.addTo(this.map);
  }

  showGround(shown: Partial<Pick<GroundLayer, 'base' | 'places' | 'names' | 'hidden' | 'marked'>>): void {
    Object.assign(this.ground, shown);
    this.ground.redraw();
  }

  destroy(): void {
    leaveMap(this.map);
  }

  /** Around every place there is; null while none is known. */
  protected cityBounds(): L.LatLngBounds | null {
    const all = L.latLngBounds([]);
    for (const { west, north, east, south } of this.ground.places) all.extend([latOf(south), lonOf(west)]).extend([latOf(north), lonOf(east)]);
    return all.isValid() ? all : null;
  }
}
