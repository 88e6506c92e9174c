import L from 'leaflet';
import { chooseRoute } from '../app/focus.js';
import { placeAt } from '../map/places.js';
import { RouteLayer } from '../map/routeLayer.js';
import { routeAt } from '../map/routes.js';
import { WorkMap } from '../map/workMap.js';
import { DrawHand } from './drawHand.js';
import { DrawLayer } from './drawLayer.js';

/** The map of the permits page: ground, places and routes, and a route under the hand. */
export class PermitMap extends WorkMap {
  readonly routes = new RouteLayer();
  readonly hand: DrawHand;

  constructor(element: HTMLElement, reducedMotion: boolean, onFinish: () => void) {
    super(element, reducedMotion);
    const draw = new DrawLayer();
    this.routes.addTo(this.map);
    draw.addTo(this.map);
    this.hand = new DrawHand(this.map, draw, onFinish);
    this.map.on('click', ({ latlng }) => {
      if (this.hand.busy) return;
      const found = routeAt(this.routes.visible, latlng.lat, latlng.lng, 256 * 2 ** this.map.getZoom());
      const place = found?.onLine ? null : placeAt(this.ground.visiblePlaces, latlng.lat, latlng.lng);
      chooseRoute(found && !place ? found.route.id : null);
    });
  }

  override destroy(): void {
    this.hand.destroy();
    super.destroy();
  }

  protected room({ x, y }: L.Point, bounds: L.LatLngBounds): L.FitBoundsOptions | null {
    const [a, b] = [this.map.latLngToContainerPoint(bounds.getNorthWest()), this.map.latLngToContainerPoint(bounds.getSouthEast())];
    const inside = a.x > 20 && a.y > 60 && b.x < x - 20 && b.y < y - 60;
    if (inside && Math.max(b.x - a.x, b.y - a.y) > Math.min(x, y) * 0.3) return null;
    return { paddingTopLeft: L.point(40, 76), paddingBottomRight: L.point(40, 76), maxZoom: 16 };
  }
}
