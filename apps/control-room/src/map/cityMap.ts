import type { HeatCell } from '@muckwatch/contract';
import L from 'leaflet';
import type { Stretch } from '../alerts/stretches.js';
import { choosePlace, chooseRoute, chooseTruck } from '../app/focus.js';
import { type Fleet, pose } from '../live/fleet.js';
import { trails } from '../live/connection.js';
import { Follower, unfollow } from './follow.js';
import { GroundLayer } from './groundLayer.js';
import { HeatLayer } from './heatLayer.js';
import { MeasureTool } from './measureTool.js';
import { leaveMap, makeMap, rememberView, showRemembered } from './nightMap.js';
import { placeAt } from './places.js';
import { latOf, lonOf } from './projection.js';
import { RouteLayer } from './routeLayer.js';
import { routeAt } from './routes.js';
import { TrackLayer } from './trackLayer.js';
import { TrailLayer } from './trailLayer.js';
import { TruckLayer } from './truckLayer.js';

/** Room that overlays take from the map, px: nothing looked at may lie under them. */
export interface Room {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Edges in px from the map's own corner. */
type Edges = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;
/** So far from the edge of a card what was clicked is seen well. */
const CLEAR_PX = 60;
/** A card that has just opened becomes longer with what is read for it. */
const GROWS_PX = 120;

/** How far a click on a count goes in at most: from the city to a quarter, not to one truck of it. */
const STEP_IN = 2.5;

/** The Leaflet map with our layers, apart from React: the component only tells it what is chosen and shown. */
export class CityMap {
  readonly map: L.Map;
  readonly ground = new GroundLayer();
  readonly routes = new RouteLayer();
  readonly heat = new HeatLayer();
  readonly trails: TrailLayer;
  readonly trucks: TruckLayer;
  readonly track: TrackLayer;
  room: () => Room = () => ({ top: 70, right: 40, bottom: 70, left: 40 });
  roomBesideCard: () => Room = () => this.room();
  /** Where the open card lies on the map, px; null: none is open. */
  card: () => Edges | null = () => null;
  readonly follower: Follower;
  private readonly measure: MeasureTool;
  private placed = false;
  private flying = false;
  /** Asked for while the map had no size (a phone shows the queue first); done when it gets one. */
  private later: (() => void) | null = null;

  constructor(
    element: HTMLElement,
    private readonly fleet: Fleet,
    private readonly reducedMotion: boolean,
  ) {
    this.map = makeMap(element, reducedMotion);
    this.trails = new TrailLayer(fleet, trails);
    this.trucks = new TruckLayer(fleet);
    this.track = new TrackLayer(this.map);
    this.placed = showRemembered(this.map);
    this.ground.addTo(this.map);
    this.heat.addTo(this.map);
    this.routes.addTo(this.map);
    this.trails.addTo(this.map);
    this.trucks.addTo(this.map);
    this.measure = new MeasureTool(this.map);
    this.follower = new Follower(this.map, fleet, reducedMotion, () => this.roomBesideCard());
    this.trucks.start();
    this.map.on('click', (event) => this.onClick(event));
    this.map.on('mousemove', (event) => this.onMove(event));
    this.map.on('mouseout', () => {
      this.trucks.hover(-1);
      this.heat.hover(null);
    });
    this.map.on('resize', () => this.later?.());
    this.map.on('moveend', () => {
      this.flying = false;
      if (this.placed) rememberView(this.map);
    });
  }

  destroy(): void {
    this.trucks.stop();
    this.trails.stop();
    this.follower.stop();
    this.measure.destroy();
    leaveMap(this.map);
  }

  /** Where nobody has looked yet, the whole city is shown as soon as something is known of it. */
  showCityOnce(): void {
    if (this.placed) return;
    if (this.showCity(false)) this.placed = true;
  }

  showCity(animate = true): boolean {
    const bounds = this.cityBounds();
    if (!bounds) return false;
    unfollow();
    this.fit(bounds, 15, animate);
    return true;
  }

  /** Shows a track whole, without hiding any of it under a box; when it already is wholly in view at a useful size the map stays where it is. */
  lookAt(points: readonly { lat: number; lon: number }[], force: boolean): void {
    if (points.length === 0) return;
    const bounds = L.latLngBounds(points.map((p) => L.latLng(p.lat, p.lon))).pad(0.08);
    if (!force && this.isWellShown(bounds)) return;
    this.fit(bounds, 15.5, true);
  }

  lookAtTruck(id: string): void {
    const i = this.fleet.indexOf(id);
    if (i === null) return;
    this.fleet.pose(i, performance.now());
    const at = { lat: latOf(pose.y), lon: lonOf(pose.x) };
    const bounds = L.latLngBounds([at.lat, at.lon], [at.lat, at.lon]);
    this.onceCardStands(() => {
      const room = this.roomBesideCard();
      if (this.map.getZoom() >= 14 && this.isWithinRoom(bounds, room)) return;
      this.fit(bounds, Math.max(14.5, Math.min(16, this.map.getZoom())), true, room);
    });
  }

  lookAtPlace(id: string): void {
    const place = this.ground.places.find((p) => p.id === id);
    if (place) this.onceCardStands(() => this.fit(boundsOf(place).pad(0.6), 16, true, this.roomBesideCard()));
  }

  /** What was chosen has its card with the next picture; what the card takes is known then. */
  private onceCardStands(act: () => void): void {
    requestAnimationFrame(() => this.map.getContainer().isConnected && act());
  }

  /** What was clicked is not to lie under its own card: if it does the map gives way, no further than it must. */
  private clearOfCard(at: L.LatLng): void {
    this.onceCardStands(() => {
      const { x, y } = this.map.latLngToContainerPoint(at);
      const card = this.card();
      if (!card || x > card.right || y > card.bottom + GROWS_PX || x < card.left || y < card.top) return;
      const wide = card.right - card.left > this.map.getSize().x * 0.6;
      this.map.panBy(wide ? [0, Math.min(0, y - card.bottom - CLEAR_PX)] : [x - card.right - CLEAR_PX, 0], { animate: !this.reducedMotion });
    });
  }

  /** A cell of the heat with the streets around it, and what was counted there. */
  lookAtHeat(cell: HeatCell): void {
    unfollow();
    const at = L.latLng(cell.lat, cell.lon);
    this.heat.point(cell);
    this.fit(L.latLngBounds(at, at), Math.max(15, Math.min(16, this.map.getZoom())), true);
  }

  private fit(bounds: L.LatLngBounds, maxZoom: number, animate: boolean, room = this.room()): void {
    this.later = null;
    const size = this.map.getSize();
    if (size.x === 0 || size.y === 0) {
      this.later = () => this.fit(bounds, maxZoom, false);
      return;
    }
    const options = { paddingTopLeft: L.point(room.left, room.top), paddingBottomRight: L.point(room.right, room.bottom), maxZoom };
    if (animate && !this.reducedMotion) {
      this.map.flyToBounds(bounds, { ...options, duration: 0.7 });
      this.flying = true;
    } else this.map.fitBounds(bounds, { ...options, animate: false });
  }

  private isWellShown(bounds: L.LatLngBounds): boolean {
    // In mid-flight anything may seem to be in view.
    if (this.flying) return false;
    const size = this.map.latLngToContainerPoint(bounds.getSouthEast()).subtract(this.map.latLngToContainerPoint(bounds.getNorthWest()));
    return this.isWithinRoom(bounds) && Math.max(size.x, size.y) > 160;
  }

  private isWithinRoom(bounds: L.LatLngBounds, room = this.room()): boolean {
    const size = this.map.getSize();
    const a = this.map.latLngToContainerPoint(bounds.getNorthWest());
    const b = this.map.latLngToContainerPoint(bounds.getSouthEast());
    return a.x >= room.left && a.y >= room.top && b.x <= size.x - room.right && b.y <= size.y - room.bottom;
  }

  private cityBounds(): L.LatLngBounds | null {
    const boxes = this.ground.places.length > 0 ? this.ground.places : this.ground.base.flatMap((part) => part.paths);
    if (boxes.length > 0) return boxes.map(boundsOf).reduce((all, box) => all.extend(box));
    if (this.fleet.count === 0) return null;
    const all = L.latLngBounds([]);
    for (let i = 0; i < this.fleet.count; i++) all.extend([this.fleet.lat[i]!, this.fleet.lon[i]!]);
    return all;
  }

  private onClick(event: L.LeafletMouseEvent): void {
    if (this.measure.on) return this.measure.click(event);
    const picked = this.trucks.pick(event.containerPoint.x, event.containerPoint.y);
    if (picked && 'truck' in picked) {
      chooseTruck(this.fleet.ids[picked.truck]!);
      this.clearOfCard(event.latlng);
    } else if (picked) {
      unfollow();
      this.fit(this.trucks.boundsOf(picked.cell), this.map.getZoom() + STEP_IN, true);
    } else this.chooseGround(event.latlng.lat, event.latlng.lng);
  }

  /** A route's own line before the place that it crosses, its band after it. */
  private chooseGround(lat: number, lon: number): void {
    const route = routeAt(this.routes.visible, lat, lon, 256 * 2 ** this.map.getZoom());
    const place = route?.onLine ? null : placeAt(this.ground.visiblePlaces, lat, lon);
    if (route && !place) chooseRoute(route.route.id);
    else choosePlace(place?.id ?? null);
    if (route || place) this.clearOfCard(L.latLng(lat, lon));
  }

  private onMove(event: L.LeafletMouseEvent): void {
    if (this.measure.on) return;
    const picked = this.trucks.pick(event.containerPoint.x, event.containerPoint.y);
    this.map.getContainer().classList.toggle('over-truck', picked !== null);
    this.trucks.hover(picked && 'truck' in picked ? picked.truck : -1);
    this.heat.hover(picked ? null : event.latlng);
  }

  showTrack(stretches: readonly Stretch[]): void {
    this.track.show(stretches);
  }
}

function boundsOf(box: { west: number; north: number; east: number; south: number }): L.LatLngBounds {
  return L.latLngBounds([latOf(box.south), lonOf(box.west)], [latOf(box.north), lonOf(box.east)]);
}
