import L from 'leaflet';
import { GroundLayer } from '../map/groundLayer.js';
import { makeMap, rememberView, showRemembered } from '../map/nightMap.js';
import { type MapPlace, placeAt } from '../map/places.js';
import { latOf, lonOf } from '../map/projection.js';
import { TileHolder, type Tiles } from '../map/tiles.js';
import type { Box } from '../permits/permitMap.js';
import { ShapeHand } from './shapeHand.js';
import { ShapeLayer } from './shapeLayer.js';

/** The map of the places: ground and places without the traffic, and one of them under the hand. */
export class DrawingMap {
  readonly map: L.Map;
  readonly ground = new GroundLayer();
  readonly hand: ShapeHand;
  private readonly tiles: TileHolder;
  private placed: boolean;
  /** Asked for while the map had no size (a phone shows the list first). */
  private later: (() => void) | null = null;

  constructor(
    element: HTMLElement,
    private readonly reducedMotion: boolean,
    onPlace: (place: MapPlace) => void,
  ) {
    this.map = makeMap(element, reducedMotion);
    this.tiles = new TileHolder(this.map);
    this.placed = showRemembered(this.map);
    const shapes = new ShapeLayer();
    this.ground.addTo(this.map);
    shapes.addTo(this.map);
    this.hand = new ShapeHand(this.map, shapes);
    this.map.on('click', ({ latlng }) => {
      if (this.hand.busy) return;
      const place = placeAt(this.ground.visiblePlaces, latlng.lat, latlng.lng);
      if (place) onPlace(place);
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

  /** All of the boxes with room around, so that there is something to draw on. */
  show(boxes: readonly Box[], animate = true): void {
    if (boxes.length === 0) return;
    this.later = null;
    const { x, y } = this.map.getSize();
    if (x === 0 || y === 0) {
      this.later = () => this.show(boxes, false);
      return;
    }
    const bounds = boxes.map(boundsOf).reduce((all, box) => all.extend(box));
    const padding = { padding: L.point(Math.min(160, x * 0.2), Math.min(160, y * 0.2)), maxZoom: 17 };
    if (animate && !this.reducedMotion) this.map.flyToBounds(bounds, { ...padding, duration: 0.5 });
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
