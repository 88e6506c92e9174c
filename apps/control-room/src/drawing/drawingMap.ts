import L from 'leaflet';
import { type MapPlace, placeAt } from '../map/places.js';
import { WorkMap } from '../map/workMap.js';
import { ShapeHand } from './shapeHand.js';
import { ShapeLayer } from './shapeLayer.js';

/** The map of the places, and one of them under the hand. */
export class DrawingMap extends WorkMap {
  readonly hand: ShapeHand;

  constructor(element: HTMLElement, reducedMotion: boolean, onPlace: (place: MapPlace) => void) {
    super(element, reducedMotion);
    const shapes = new ShapeLayer();
    shapes.addTo(this.map);
    this.hand = new ShapeHand(this.map, shapes);
    this.map.on('click', ({ latlng }) => {
      if (this.hand.busy) return;
      const place = placeAt(this.ground.visiblePlaces, latlng.lat, latlng.lng);
      if (place) onPlace(place);
    });
  }

  override destroy(): void {
    this.hand.destroy();
    super.destroy();
  }

  /** So much that there is something to draw on. */
  protected room({ x, y }: L.Point): L.FitBoundsOptions {
    return { padding: L.point(Math.min(160, x * 0.2), Math.min(160, y * 0.2)), maxZoom: 17 };
  }
}
