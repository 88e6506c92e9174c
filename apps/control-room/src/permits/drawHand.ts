import { type PointRef, type Hit, hitOf } from '../map/lineHit.js';
import type L from 'leaflet';
import { CLICK_PX, MapHand, REACH_FINGER_PX, REACH_MOUSE_PX, type Snap } from '../map/mapHand.js';
import { type Px, worldX, worldY } from '../map/projection.js';
import { changeRoute, useDesk } from './desk.js';
import type { DrawLayer } from './drawLayer.js';
import { addPoint, growFrom, growingEnd, insertPoint, movePoint, removePoint, withInserted, withMoved } from './routeEdit.js';
import { snap, type SnapPoints, snapPointsOf } from './snap.js';

const SNAP_PX = 14;

/** The hand on a route: turns what the pointer does on the map into steps of the edit. */
export class DrawHand extends MapHand<Hit> {
  corners: SnapPoints = snapPointsOf([]);

  constructor(
    map: L.Map,
    private readonly layer: DrawLayer,
    private readonly onFinish: () => void,
  ) {
    super(map, SNAP_PX);
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

  /** One more point, for the keyboard: beside the end that grows, or the first in the middle of the map. It is chosen, so that the arrows bring it where it belongs. */
  addOne(): void {
    const { route } = useDesk.getState();
    if (!route?.drawing) return;
    const end = growingEnd(route.edit);
    const edit = addPoint(route.edit, this.lonLatOf(this.beside(end && route.edit.lines[end.line]![end.point]!)[0]!));
    changeRoute({ edit, selected: growingEnd(edit) });
  }

  /** Moves the chosen point by pixels, for the keyboard. */
  nudge(dx: number, dy: number): void {
    const { route } = useDesk.getState();
    const at = route?.selected && route.edit.lines[route.selected.line]?.[route.selected.point];
    if (!route?.selected || !at) return;
    const px = this.map.latLngToContainerPoint([at[1], at[0]]).add([dx, dy]);
    changeRoute({ edit: movePoint(route.edit, route.selected, this.lonLatOf([px.x, px.y])) });
    this.keepInView(px);
  }

  protected move(event: PointerEvent): void {
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

  protected up(event: PointerEvent): void {
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

  protected click(event: L.LeafletMouseEvent): void {
    const { route } = useDesk.getState();
    if (!route || this.swallowClick) {
      this.swallowClick = false;
      return;
    }
    if (!route.drawing) return changeRoute({ selected: null });
    this.point([event.containerPoint.x, event.containerPoint.y], event.originalEvent.altKey);
    changeRoute({ edit: addPoint(route.edit, this.cursor!), selected: null });
  }

  protected menu(event: MouseEvent): void {
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

  show(): void {
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
      widthM: Number(route.form.widthM),
      drawing: route.drawing,
      selected: route.selected,
      hover: drag ? null : route.drawing && hover?.at === 'line' ? null : hover,
      cursor: drag?.moved || (route.drawing && next) ? cursor : null,
      snapped: drag?.moved || route.drawing ? snapped : null,
    };
    this.layer.redraw();
  }

  protected cursorLook(): void {
    const { route } = useDesk.getState();
    const { classList } = this.map.getContainer();
    classList.toggle('drawing', route?.drawing === true);
    classList.toggle('on-point', route !== null && this.hover?.at === 'point');
    classList.toggle('on-line', route !== null && this.hover !== null && this.hover.at !== 'point' && !(route.drawing && this.hover.at === 'line'));
  }

  /** While drawing, a click near one's own line goes on drawing: only its points and middles can be taken. */
  protected takes(px: Px, event: PointerEvent): Hit | null {
    const { route } = useDesk.getState();
    const hit = route ? this.hitAt(px, event) : null;
    return route?.drawing && hit?.at === 'line' ? null : hit;
  }

  protected near(x: number, y: number, within: number): Snap | null {
    return snap(this.corners, x, y, within);
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
}

const after = ({ line, point }: PointRef): PointRef => ({ line, point: point + 1 });
const same = (a: PointRef, b: PointRef) => a.line === b.line && a.point === b.point;
