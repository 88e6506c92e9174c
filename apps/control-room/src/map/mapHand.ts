import type L from 'leaflet';
import { latOf, lonOf, worldX, worldY, type LonLat, type Px } from './projection.js';

export const REACH_MOUSE_PX = 9;
export const REACH_FINGER_PX = 22;
/** A press that moves less is a click. */
export const CLICK_PX = 4;

const BESIDE: readonly Px[] = [
  [40, 0],
  [0, 40],
  [-40, 0],
  [0, -40],
];
const EDGE_PX = 60;

export interface Drag<Hit> {
  hit: Hit;
  from: Px;
  moved: boolean;
  pointerId: number;
}

/** A place to snap to, on the world square. */
export interface Snap {
  x: number;
  y: number;
  name: string;
}

/** A hand on what is drawn on a map: what it holds, what it is over, and where a point would go. What a press means is said by whoever draws. */
export abstract class MapHand<Hit> {
  protected drag: Drag<Hit> | null = null;
  protected hover: Hit | null = null;
  protected cursor: LonLat | null = null;
  protected snapped: string | null = null;
  protected swallowClick = false;
  protected readonly stops: (() => void)[] = [];

  constructor(
    protected readonly map: L.Map,
    private readonly snapPx: number,
  ) {
    const element = map.getContainer();
    // In the capture phase: Leaflet must not begin to pan when a point is taken.
    this.on(element, 'pointerdown', (event) => this.down(event), true);
    this.on(element, 'pointermove', (event) => this.move(event));
    this.on(element, 'pointerup', (event) => this.up(event));
    this.on(element, 'pointercancel', () => this.letGo());
    this.on(element, 'pointerleave', () => this.leave());
    this.on(element, 'contextmenu', (event) => this.menu(event));
    const onClick = (event: L.LeafletMouseEvent) => this.click(event);
    const onView = () => this.show();
    map.on('click', onClick);
    map.on('moveend zoomend', onView);
    this.stops.push(() => map.off('click', onClick).off('moveend zoomend', onView));
  }

  destroy(): void {
    for (const stop of this.stops) stop();
  }

  /** Draws what is there; while something is held, as if it were let go here. */
  abstract show(): void;
  protected abstract move(event: PointerEvent): void;
  protected abstract up(event: PointerEvent): void;
  protected abstract click(event: L.LeafletMouseEvent): void;
  protected abstract menu(event: MouseEvent): void;
  protected abstract cursorLook(): void;
  /** What a press here would take hold of; null: nothing, and the map pans. */
  protected abstract takes(px: Px, event: PointerEvent): Hit | null;
  /** What is near enough to snap to, within a distance on the world square. */
  protected abstract near(x: number, y: number, within: number): Snap | null;

  /** Where a point would go: onto what is near, else here. */
  protected point(px: Px, free: boolean): void {
    const scale = 256 * 2 ** this.map.getZoom();
    const [lon, lat] = this.lonLatOf(px);
    const near = free ? null : this.near(worldX(lon), worldY(lat), this.snapPx / scale);
    this.cursor = near ? [lonOf(near.x), latOf(near.y)] : [lon, lat];
    this.snapped = near?.name ?? null;
  }

  protected letGo(): void {
    if (!this.drag) return;
    const element = this.map.getContainer();
    if (element.hasPointerCapture(this.drag.pointerId)) element.releasePointerCapture(this.drag.pointerId);
    this.drag = null;
    this.map.dragging.enable();
  }

  protected rest(): void {
    this.cursor = null;
    this.snapped = null;
    this.show();
  }

  /** What is drawn changed; whether there is anything to draw, and was. */
  protected changed(is: boolean, was: boolean): void {
    if (is !== was) {
      if (is) this.map.doubleClickZoom.disable();
      else this.map.doubleClickZoom.enable();
      this.letGo();
      this.hover = null;
      this.cursor = null;
      this.snapped = null;
    }
    this.cursorLook();
    this.show();
  }

  protected pxOf(event: MouseEvent): Px {
    const { x, y } = this.map.mouseEventToContainerPoint(event);
    return [x, y];
  }

  protected lonLatOf([x, y]: Px): LonLat {
    const { lat, lng } = this.map.containerPointToLatLng([x, y]);
    return [lng, lat];
  }

  /** Where the keyboard may put the next point: on each side of the last, or in the middle of what is seen. */
  protected beside(last: LonLat | null): Px[] {
    const { x, y } = this.map.getSize().divideBy(2);
    if (!last) return [[x, y]];
    const at = this.map.latLngToContainerPoint([last[1], last[0]]);
    return BESIDE.map(([dx, dy]) => [at.x + dx, at.y + dy]);
  }

  /** A point that leaves the map under the arrows takes the map with it. */
  protected keepInView(px: L.Point): void {
    this.map.panInside(this.map.containerPointToLatLng(px), { padding: [EDGE_PX, EDGE_PX], animate: false });
  }

  private down(event: PointerEvent): void {
    this.swallowClick = false;
    if (event.button !== 0 || !event.isPrimary) return;
    const px = this.pxOf(event);
    const hit = this.takes(px, event);
    if (!hit) return;
    this.drag = { hit, from: px, moved: false, pointerId: event.pointerId };
    this.map.dragging.disable();
    this.map.getContainer().setPointerCapture(event.pointerId);
  }

  private leave(): void {
    if (this.drag) return;
    this.hover = null;
    this.rest();
  }

  private on<K extends keyof HTMLElementEventMap>(element: HTMLElement, name: K, act: (event: HTMLElementEventMap[K]) => void, capture = false): void {
    element.addEventListener(name, act, { capture });
    this.stops.push(() => element.removeEventListener(name, act, { capture }));
  }
}
