import L from 'leaflet';
import { GroundLayer } from '../map/groundLayer.js';
import { makeMap, rememberView, showRemembered } from '../map/nightMap.js';
import { placeAt } from '../map/places.js';
import { latOf, lonOf } from '../map/projection.js';
import { RouteLayer } from '../map/routeLayer.js';
import { routeAt } from '../map/routes.js';
import { TileHolder, type Tiles } from '../map/tiles.js';
import { chooseRoute } from '../app/focus.js';
import { DrawHand } from './drawHand.js';
import { DrawLayer } from './drawLayer.js';

/** A box on the world square. */
export interface Box {
  west: number;
  north: number;
  east: number;
  south: number;
}

/** The map of the permits page: ground, places and routes without the traffic, and a route under the hand. */
export class PermitMap {
  readonly map: L.Map;
  readonly ground = new GroundLayer();
  readonly routes = new RouteLayer();
  readonly hand: DrawHand;
  private readonly tiles: TileHolder;
  private placed: boolean;
  /** Asked for while the map had no size (a phone shows the list first). */
  private later: (() => void) | null = null;

  constructor(
    element: HTMLElement,
    private readonly reducedMotion: boolean,
    onFinish: () => void,
  ) {
    this.map = makeMap(element, reducedMotion);
    this.tiles = new TileHolder(this.map);
    this.placed = showRemembered(this.map);
    const draw = new DrawLayer();
    this.ground.addTo(this.map);
    this.routes.addTo(this.map);
    draw.addTo(this.map);
    this.hand = new DrawHand(this.map, draw, onFinish);
    this.map.on('click', ({ latlng }) => {
      if (this.hand.busy) return;
      const found = routeAt(this.routes.visible, latlng.lat, latlng.lng, 256 * 2 ** this.map.getZoom());
      const place = found?.onLine ? null : placeAt(this.ground.visiblePlaces, latlng.lat, latlng.lng);
      chooseRoute(found && !place ? found.route.id : null);
    });
    this.map.on('resize', () => this.later?.());
    this.map.on('moveend', () => this.placed && rememberView(this.map));
  }

  useTiles(tiles: Tiles | null): void {
    void this.tiles.use(tiles);
  }

  showOnce(boxes: readonly Box[]): void {
    if (this.placed || boxes.length === 0) return;
    this.placed = true;
    this.show(boxes, false);
  }

  /** All of the boxes, unless they are well in view already: the map does not jump for nothing. */
  show(boxes: readonly Box[], animate = true): void {
    if (boxes.length === 0) return;
    this.later = null;
    const { x, y } = this.map.getSize();
    if (x === 0 || y === 0) {
      this.later = () => this.show(boxes, false);
      return;
    }
    const bounds = boxes.map(boundsOf).reduce((all, box) => all.extend(box));
    const [a, b] = [this.map.latLngToContainerPoint(bounds.getNorthWest()), this.map.latLngToContainerPoint(bounds.getSouthEast())];
    const inside = a.x > 20 && a.y > 60 && b.x < x - 20 && b.y < y - 60;
    if (inside && Math.max(b.x - a.x, b.y - a.y) > Math.min(x, y) * 0.3) return;
    const padding = { paddingTopLeft: L.point(40, 76), paddingBottomRight: L.point(40, 76), maxZoom: 16 };
    if (animate && !this.reducedMotion) this.map.flyToBounds(bounds, { ...padding, duration: 0.6 });
    else this.map.fitBounds(bounds, { ...padding, animate: false });
  }

  destroy(): void {
    this.tiles.leave();
    this.hand.destroy();
    this.map.remove();
  }
}

function boundsOf(box: Box): L.LatLngBounds {
  return L.latLngBounds([latOf(box.south), lonOf(box.west)], [latOf(box.north), lonOf(box.east)]);
}
