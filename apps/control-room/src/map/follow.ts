import L from 'leaflet';
import { create } from 'zustand';
import { type Fleet, pose } from '../live/fleet.js';
import type { Room } from './cityMap.js';
import { latOf, lonOf } from './projection.js';

/** How often the map is led on; in between it slides evenly. */
const STEP_MS = 1_000;
/** Nearer in than this what follows is of use. */
const ZOOM = 14.5;

/** Which truck the map stays with. */
export const useFollow = create<{ truckId: string | null }>(() => ({ truckId: null }));

export const follow = (truckId: string): void => useFollow.setState({ truckId });
export const unfollow = (): void => {
  if (useFollow.getState().truckId !== null) useFollow.setState({ truckId: null });
};

/**
 * Leads the map along with a truck: once a second it begins to slide to where the truck will be drawn a second later, so that the ground is drawn
 * anew once a second and not with every picture.
 */
export class Follower {
  private timer: ReturnType<typeof setInterval> | null = null;
  private zooming = false;

  constructor(
    private readonly map: L.Map,
    private readonly fleet: Fleet,
    private readonly reducedMotion: boolean,
    private readonly room: () => Room,
  ) {
    map.on('dragstart', unfollow);
    map.on('zoomstart', () => (this.zooming = true));
    map.on('zoomend', () => (this.zooming = false));
  }

  start(truckId: string | null): void {
    this.stop();
    if (truckId === null) return;
    if (this.map.getZoom() < ZOOM) {
      const at = this.centreFor(truckId, ZOOM, 0);
      if (at) this.map.setView(at, ZOOM, { animate: false });
    } else this.step(truckId);
    this.timer = setInterval(() => this.step(truckId), STEP_MS);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private step(truckId: string): void {
    if (this.zooming || document.hidden) return;
    const at = this.centreFor(truckId, this.map.getZoom(), this.reducedMotion ? 0 : STEP_MS);
    if (!at) return;
    const far = this.map.latLngToContainerPoint(at).distanceTo(this.map.getSize().divideBy(2));
    if (far < 1) return;
    this.map.panTo(at, this.reducedMotion ? { animate: false } : { animate: true, duration: STEP_MS / 1_000, easeLinearity: 1 });
  }

  /** Where the middle of the map has to be for the truck to be in the middle of what no box covers. */
  private centreFor(truckId: string, zoom: number, aheadMs: number): L.LatLng | null {
    const i = this.fleet.indexOf(truckId);
    if (i === null) return null;
    this.fleet.pose(i, performance.now() + aheadMs);
    const { left, right, top, bottom } = this.room();
    const truck = this.map.project(L.latLng(latOf(pose.y), lonOf(pose.x)), zoom);
    return this.map.unproject(truck.add([(right - left) / 2, (bottom - top) / 2]), zoom);
  }
}
