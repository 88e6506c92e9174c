import L from 'leaflet';
import { GroundLayer } from './groundLayer.js';
import { makeMap, rememberView, showRemembered } from './nightMap.js';
import { latOf, lonOf } from './projection.js';

/** A box on the world square. */
export interface Box {
  west: number;
  north: number;
  east: number;
  south: number;
}

/** A map to work on: the ground without the traffic; what is put under the hand comes on top. */
export abstract class WorkMap {
  readonly map: L.Map;
  readonly ground = new GroundLayer();
  private placed: boolean;
  /** Asked for while the map had no size (a phone shows the list first). */
  private later: (() => void) | null = null;

  constructor(
    element: HTMLElement,
    private readonly reducedMotion: boolean,
  ) {
    this.map = makeMap(element, reducedMotion);
    this.placed = showRemembered(this.map);
    this.ground.addTo(this.map);
    this.map.on('resize', () => this.later?.());
    this.map.on('moveend', () => this.placed && rememberView(this.map));
  }

  showOnce(boxes: readonly Box[]): void {
    if (this.placed || boxes.length === 0) return;
    this.placed = true;
    this.show(boxes, false);
  }

  /** All of the boxes with room around, unless they are well in view already: the map does not jump for nothing. */
  show(boxes: readonly Box[], animate = true): void {
    if (boxes.length === 0) return;
    this.later = null;
    const size = this.map.getSize();
    if (size.x === 0 || size.y === 0) {
      this.later = () => this.show(boxes, false);
      return;
    }
    const bounds = boxes.map(boundsOf).reduce((all, box) => all.extend(box));
    const room = this.room(size, bounds);
    if (room === null) return;
    if (animate && !this.reducedMotion) this.map.flyToBounds(bounds, { ...room, duration: 0.6 });
    else this.map.fitBounds(bounds, { ...room, animate: false });
  }

  destroy(): void {
    this.map.remove();
  }

  /** How much room is left around what is shown; null: it is seen well as it is. */
  protected abstract room(size: L.Point, bounds: L.LatLngBounds): L.FitBoundsOptions | null;
}

function boundsOf(box: Box): L.LatLngBounds {
  return L.latLngBounds([latOf(box.south), lonOf(box.west)], [latOf(box.north), lonOf(box.east)]);
}
