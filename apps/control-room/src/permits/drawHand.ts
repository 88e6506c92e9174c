import type L from 'leaflet';
import { latOf, lonOf, worldX, worldY } from '../map/projection.js';
import { changeRoute, useDesk } from './desk.js';
import type { DrawLayer } from './drawLayer.js';
import { addPoint, growFrom, growingEnd, insertPoint, type LonLat, movePoint, type PointRef, removePoint, withInserted, withMoved } from './routeEdit.js';
import { type Hit, hitOf, type Px } from './routeHit.js';
import { snap, type SnapPoints, snapPointsOf } from './snap.js';

const SNAP_PX = 14;
const REACH_MOUSE_PX = 9;
const REACH_FINGER_PX = 22;
/** A press that moves less is a click. */
const CLICK_PX = 4;

interface Drag {
  hit: Hit;
  from: Px;
  moved: boolean;
  pointerId: number;
}

/** The hand on a route: turns what the pointer does on the map into steps of the edit. */
export class DrawHand {
  corners: SnapPoints = snapPointsOf([]);
  private drag: Drag | null = null;
  private hover: Hit | null = null;
  private cursor: LonLat | null = null;
  private snapped: string | null = null;
  private swallowClick = false;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly map: L.Map,
    private readonly layer: DrawLayer,
    private readonly onFinish: () => void,
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
    this.stops.push(useDesk.subscribe((now, was) => now.route !== was.route && this.changed(now.route !== null, was.route !== null)));
  }

  get busy(): boolean {
    return useDesk.getState().route !== null;
  }

  /** The point that Delete means: the one under the pointer, else the chosen one, else the last while drawing. */
  removeOne(): void {
    const { route } = useDesk.getState();
    if (!route) return;
    const under = this.hover?.at === 'point' ? this.hover.ref : null;
    const ref = under ?? route.selected ?? (route.drawing ? growingEnd(route.edit) : null);
    if (ref) this.remove(ref);
  }

  /** Moves the chosen point by pixels, for the keyboard. */
  nudge(dx: number, dy: number): void {
    const { route } = useDesk.getState();
    const at = route?.selected && route.edit.lines[route.selected.line]?.[route.selected.point];
    if (!route?.selected || !at) return;
    const px = this.map.latLngToContainerPoint([at[1], at[0]]).add([dx, dy]);
    changeRoute({ edit: movePoint(route.edit, route.selected, this.lonLatOf([px.x, px.y])) });
  }

  destroy(): void {
    for (const stop of this.stops) stop();
  }

  private down(event: PointerEvent): void {
    this.swallowClick = false;
    const { route } = useDesk.getState();
    if (!route || event.button !== 0 || !event.isPrimary) return;
    const px = this.pxOf(event);
    const hit = this.hitAt(px, event);
    // While drawing, a click near one's own line goes on drawing: only its points and middles can be taken.
    if (!hit || (route.drawing && hit.at === 'line')) return;
    this.drag = { hit, from: px, moved: false, pointerId: event.pointerId };
    this.map.dragging.disable();
    this.map.getContainer().setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    if (!this.busy) return;
    const px = this.pxOf(event);
    if (!this.drag) {
      this.hover = event.pointerType === 'mouse' ? this.hitAt(px, event) : null;
      const onOwn = this.hover !== null && !(useDesk.getState().route!.drawing && this.hover.at === 'line');
      if (event.pointerType === 'mouse') this.point(px, event.altKey || onOwn);
      this.cursorLook();
      return this.show();
    }
    if (!this.drag.moved && Math.hypot(px[0] - this.drag.from[0], px[1] - this.drag.from[1]) < CLICK_PX) return;
    this.drag.moved = true;
    this.point(px, event.altKey);
    this.show();
  }

  private up(event: PointerEvent): void {
    const { drag } = this;
    if (!drag) return;
    this.letGo();
    this.swallowClick = true;
    const { route } = useDesk.getState();
    if (!route) return;
    const { hit, moved } = drag;
    if (moved) {
      this.point(this.pxOf(event), event.altKey);
      const at = this.cursor!;
      if (hit.at === 'point') changeRoute({ edit: movePoint(route.edit, hit.ref, at), selected: hit.ref });
      else changeRoute({ edit: insertPoint(route.edit, hit.ref, at), selected: after(hit.ref) });
      return this.rest();
    }
    if (hit.at !== 'point') {
      changeRoute({ edit: insertPoint(route.edit, hit.ref, this.lonLatOf(hit.px)), selected: after(hit.ref) });
      return this.rest();
    }
    const end = growingEnd(route.edit);
    if (route.drawing && end && same(end, hit.ref) && route.edit.lines[end.line]!.length > 1) this.onFinish();
    else changeRoute({ selected: hit.ref, edit: growFrom(route.edit, hit.ref) });
    this.rest();
  }

  private click(event: L.LeafletMouseEvent): void {
    const { route } = useDesk.getState();
    if (!route || this.swallowClick) {
      this.swallowClick = false;
      return;
    }
    if (!route.drawing) return changeRoute({ selected: null });
    this.point([event.containerPoint.x, event.containerPoint.y], event.originalEvent.altKey);
    changeRoute({ edit: addPoint(route.edit, this.cursor!), selected: null });
  }

  private menu(event: MouseEvent): void {
    if (!this.busy) return;
    event.preventDefault();
    const finger = 'pointerType' in event && event.pointerType !== 'mouse';
    this.letGo();
    const hit = hitOf(this.pixels(), this.pxOf(event), finger ? REACH_FINGER_PX : REACH_MOUSE_PX);
    if (hit?.at !== 'point') return;
    this.swallowClick = finger;
    this.remove(hit.ref);
  }

  private remove(ref: PointRef): void {
    const { route } = useDesk.getState();
    if (!route) return;
    this.hover = null;
    changeRoute({ edit: removePoint(route.edit, ref), selected: null });
  }

  private letGo(): void {
    if (!this.drag) return;
    const element = this.map.getContainer();
    if (element.hasPointerCapture(this.drag.pointerId)) element.releasePointerCapture(this.drag.pointerId);
    this.drag = null;
    this.map.dragging.enable();
  }

  private leave(): void {
    if (this.drag) return;
    this.hover = null;
    this.rest();
  }

  private rest(): void {
    this.cursor = null;
    this.snapped = null;
    this.show();
  }

  private changed(is: boolean, was: boolean): void {
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

  /** What the layer draws: while a point is held, as if it were let go here. */
  private show(): void {
    const { route } = useDesk.getState();
    const { drag, hover, cursor, snapped } = this;
    if (!route) {
      this.layer.scene = null;
      return this.layer.redraw();
    }
    let { edit } = route;
    if (drag?.moved && cursor) {
      const lines = drag.hit.at === 'point' ? withMoved(edit.lines, drag.hit.ref, cursor) : withInserted(edit.lines, drag.hit.ref, cursor);
      edit = { ...edit, lines };
    }
    const next = drag ? null : cursor;
    this.layer.scene = {
      edit,
      widthM: Number(route.widthM),
      drawing: route.drawing,
      selected: route.selected,
      hover: drag ? null : route.drawing && hover?.at === 'line' ? null : hover,
      cursor: drag?.moved || (route.drawing && next) ? cursor : null,
      snapped: drag?.moved || route.drawing ? snapped : null,
    };
    this.layer.redraw();
  }

  private cursorLook(): void {
    const { route } = useDesk.getState();
    const { classList } = this.map.getContainer();
    classList.toggle('drawing', route?.drawing === true);
    classList.toggle('on-point', route !== null && this.hover?.at === 'point');
    classList.toggle('on-line', route !== null && this.hover !== null && this.hover.at !== 'point' && !(route.drawing && this.hover.at === 'line'));
  }

  /** Where a point would go: a corner that is near, else here. */
  private point(px: Px, free: boolean): void {
    const scale = 256 * 2 ** this.map.getZoom();
    const [lon, lat] = this.lonLatOf(px);
    const corner = free ? null : snap(this.corners, worldX(lon), worldY(lat), SNAP_PX / scale);
    this.cursor = corner ? [lonOf(corner.x), latOf(corner.y)] : [lon, lat];
    this.snapped = corner?.name ?? null;
  }

  private hitAt(px: Px, event: PointerEvent): Hit | null {
    return hitOf(this.pixels(), px, event.pointerType === 'mouse' ? REACH_MOUSE_PX : REACH_FINGER_PX);
  }

  private pixels(): Px[][] {
    const { route } = useDesk.getState();
    if (!route) return [];
    const origin = this.map.getPixelOrigin().add(this.map.containerPointToLayerPoint([0, 0]));
    const scale = 256 * 2 ** this.map.getZoom();
    return route.edit.lines.map((line) => line.map(([lon, lat]): Px => [worldX(lon) * scale - origin.x, worldY(lat) * scale - origin.y]));
  }

  private pxOf(event: MouseEvent): Px {
    const { x, y } = this.map.mouseEventToContainerPoint(event);
    return [x, y];
  }

  private lonLatOf([x, y]: Px): LonLat {
    const { lat, lng } = this.map.containerPointToLatLng([x, y]);
    return [lng, lat];
  }

  private on<K extends keyof HTMLElementEventMap>(element: HTMLElement, name: K, act: (event: HTMLElementEventMap[K]) => void, capture = false): void {
    element.addEventListener(name, act, { capture });
    this.stops.push(() => element.removeEventListener(name, act, { capture }));
  }
}

const after = ({ line, point }: PointRef): PointRef => ({ line, point: point + 1 });
const same = (a: PointRef, b: PointRef) => a.line === b.line && a.point === b.point;
