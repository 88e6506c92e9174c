import L from 'leaflet';
import { GroundMap } from '../map/groundMap.js';
import { showRemembered } from '../map/nightMap.js';
import { latOf, lonOf } from '../map/projection.js';
import { RouteLayer } from '../map/routeLayer.js';
import { type Arrow, ArrowCanvas } from './arrowCanvas.js';
import { poseAt } from './tape.js';
import { TrackCanvas } from './trackCanvas.js';

/** A truck that is followed is kept this far from the edges, as a share of the map. */
const EDGE = 0.18;
const PICK_PX = 16;

/** The map that looks back: the city lying still, tracks on it, and the trucks where they were at one time. */
export class PlayMap extends GroundMap {
  readonly routes = new RouteLayer();
  readonly tracks = new TrackCanvas();
  readonly arrows = new ArrowCanvas();
  /** The trucks that are kept in view; empty: the map stays where it is. */
  followed: readonly Arrow[] = [];
  private fitted = '';
  /** Lays all tracks into the box: again whenever the box changes, until somebody or a followed truck moves the map. */
  private lay: (() => void) | null = null;
  private laying = false;

  constructor(element: HTMLElement, still: boolean, onPick: (at: number) => void) {
    super(element, still);
    showRemembered(this.map);
    for (const layer of [this.routes, this.tracks, this.arrows]) layer.addTo(this.map);
    this.map.on('click', ({ containerPoint }) => {
      const at = this.timeNear(containerPoint);
      if (at !== null) onPick(at);
    });
    this.map.on('resize', () => this.lay?.());
    this.map.on('movestart', () => {
      if (!this.laying) this.lay = null;
    });
  }

  show(arrows: readonly Arrow[]): void {
    this.tracks.tapes = this.arrows.arrows = arrows;
    this.tracks.redraw();
    this.arrows.redraw();
  }

  /** All of the tracks, once for what is looked at, and whenever somebody asks. */
  fit(key: string, force = false): void {
    if (!force && key === this.fitted) return;
    const bounds = L.latLngBounds([]);
    for (const { tape } of this.arrows.arrows) for (let i = 0; i < tape.at.length; i += 1 + (tape.at.length >> 12)) bounds.extend([tape.lat[i]!, tape.lon[i]!]);
    if (!bounds.isValid()) return;
    this.fitted = key;
    this.lay = () => {
      const { x, y } = this.map.getSize();
      if (x === 0 || y === 0) return;
      this.laying = true;
      this.map.fitBounds(bounds, { padding: [44, 44], maxZoom: 16, animate: false });
      this.laying = false;
    };
    this.lay();
  }

  moveTo(at: number): void {
    this.arrows.at = at;
    this.keepInView(at);
    this.arrows.redraw();
  }

  private keepInView(at: number): void {
    const size = this.map.getSize();
    // While all of the track is in view, so is the truck.
    if (this.followed.length !== 1 || size.x === 0 || this.lay !== null) return;
    const pose = poseAt(this.followed[0]!.tape, at);
    if (!pose) return;
    const here = L.latLng(latOf(pose.y), lonOf(pose.x));
    const { x, y } = this.map.latLngToContainerPoint(here);
    const inside = x > size.x * EDGE && x < size.x * (1 - EDGE) && y > size.y * EDGE && y < size.y * (1 - EDGE);
    if (!inside) this.map.setView(here, this.map.getZoom(), { animate: false });
  }

  /** The time at which a track passes a point of the map's box; of several passes the one nearest to the time that is shown. */
  private timeNear({ x, y }: L.Point): number | null {
    const scale = 256 * 2 ** this.map.getZoom();
    const corner = this.map.getPixelBounds().min!;
    const [wx, wy, reach] = [(x + corner.x) / scale, (y + corner.y) / scale, PICK_PX / scale];
    let [found, away]: [number | null, number] = [null, Infinity];
    for (const { tape } of this.arrows.arrows) {
      for (let i = 0; i < tape.at.length; i++) {
        if (Math.abs(tape.x[i]! - wx) > reach || Math.abs(tape.y[i]! - wy) > reach) continue;
        const apart = Math.abs(tape.at[i]! - this.arrows.at);
        if (apart < away) [found, away] = [tape.at[i]!, apart];
      }
    }
    return found;
  }
}
