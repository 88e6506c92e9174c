import { apart, type Hit as LineHit, hitOf } from '../map/lineHit.js';
import type { LonLat, Px } from '../map/projection.js';
import type L from 'leaflet';
import { CLICK_PX, type Drag, MapHand, REACH_FINGER_PX, REACH_MOUSE_PX, type Snap } from '../map/mapHand.js';
import { changeDraft, changeShape, tryShape, useDrawing } from './drawingStore.js';
import { type Neighbour, snapTo } from './neighbourSnap.js';
import {
  addCorner,
  closed,
  closeRing,
  type CornerRef,
  faultOf,
  insertCorner,
  moveCorner,
  moveWhole,
  removeCorner,
  type ShapeEdit,
  shapeOf,
  withInserted,
  withMoved,
  withShifted,
} from './shapeEdit.js';
import { MOVE_PX, type ShapeLayer } from './shapeLayer.js';

const SNAP_PX = 10;

type Hit = { at: 'corner'; ref: CornerRef } | { at: 'edge'; ref: CornerRef; px: Px } | { at: 'whole' };

/** The hand on a shape: turns what the pointer does on the map into steps of the edit. */
export class ShapeHand extends MapHand<Hit> {
  neighbours: readonly Neighbour[] = [];
  /** Somebody may only look. */
  still = false;

  constructor(
    map: L.Map,
    private readonly layer: ShapeLayer,
  ) {
    super(map, SNAP_PX);
    this.stops.push(
      useDrawing.subscribe((now, was) => {
        if (now.draft !== was.draft) this.changed(now.draft !== null, was.draft !== null);
        else if (now.ghost !== was.ghost || now.preview !== was.preview) this.show();
      }),
    );
  }

  get busy(): boolean {
    return useDrawing.getState().draft !== null;
  }

  /** The corner that Delete means: the one under the pointer, else the chosen one, else the last of the open ring. */
  removeOne(): void {
    const { edit, selected } = useDrawing.getState().draft ?? {};
    if (!edit || this.still) return;
    const under = this.hover?.at === 'corner' ? this.hover.ref : null;
    const last = edit.open && edit.open.points.length > 0 ? { polygon: edit.shape.length, ring: 0, corner: edit.open.points.length - 1 } : null;
    const ref = under ?? selected ?? last;
    if (ref) this.remove(ref);
  }

  /** One more corner, for the keyboard: beside the last, or the first in the middle of the map. It is chosen, so that the arrows bring it where it belongs. */
  addOne(): void {
    const { edit } = this;
    if (!edit?.open) return;
    const last = edit.open.points.at(-1) ?? null;
    const ref = { polygon: edit.shape.length, ring: 0, corner: edit.open.points.length };
    // To the first side where it crosses nothing.
    this.beside(last).some((px) => tryShape(addCorner(edit, this.lonLatOf(px)), ref));
  }

  /** Moves the chosen corner by pixels, for the keyboard. */
  nudge(dx: number, dy: number): void {
    const { edit, selected } = useDrawing.getState().draft ?? {};
    if (!edit || !selected || this.still) return;
    const at = ringsOf(edit).find(({ polygon, ring }) => polygon === selected.polygon && ring === selected.ring)?.points[selected.corner];
    if (!at) return;
    const px = this.map.latLngToContainerPoint([at[1], at[0]]).add([dx, dy]);
    if (tryShape(moveCorner(edit, selected, this.lonLatOf([px.x, px.y])), selected)) this.keepInView(px);
  }

  protected move(event: PointerEvent): void {
    if (!this.edit) return;
    const px = this.pxOf(event);
    if (!this.drag) {
      this.hover = event.pointerType === 'mouse' ? this.hitAt(px, event) : null;
      if (event.pointerType === 'mouse') this.point(px, event.altKey || this.hover !== null);
      this.cursorLook();
      return this.show();
    }
    if (!this.drag.moved && apart(px, this.drag.from) < CLICK_PX) return;
    this.drag.moved = true;
    this.point(px, event.altKey || this.drag.hit.at === 'whole');
    this.show();
  }

  protected up(event: PointerEvent): void {
    const { drag, edit } = this;
    if (!drag) return;
    this.letGo();
    this.swallowClick = true;
    if (!edit) return;
    const { hit, moved } = drag;
    if (moved) {
      this.point(this.pxOf(event), event.altKey || hit.at === 'whole');
      const at = this.cursor!;
      if (hit.at === 'whole') changeShape(moveWhole(edit, ...this.shift(drag, at)));
      else if (hit.at === 'corner') tryShape(moveCorner(edit, hit.ref, at), hit.ref);
      else tryShape(insertCorner(edit, hit.ref, at), after(hit.ref));
    } else if (hit.at === 'edge') {
      tryShape(insertCorner(edit, hit.ref, this.lonLatOf(hit.px)), after(hit.ref));
    } else if (hit.at === 'corner') {
      const first = edit.open !== null && hit.ref.polygon === edit.shape.length && hit.ref.corner === 0;
      if (first && edit.open.points.length > 2) tryShape(closeRing(edit));
      else changeDraft({ selected: hit.ref, refused: null });
    }
    this.rest();
  }

  protected click(event: L.LeafletMouseEvent): void {
    const { edit } = this;
    if (!edit || this.swallowClick) {
      this.swallowClick = false;
      return;
    }
    if (!edit.open) return changeDraft({ selected: null, refused: null });
    this.point([event.containerPoint.x, event.containerPoint.y], event.originalEvent.altKey);
    tryShape(addCorner(edit, this.cursor!));
  }

  protected menu(event: MouseEvent): void {
    if (!this.edit) return;
    event.preventDefault();
    const finger = 'pointerType' in event && event.pointerType !== 'mouse';
    this.letGo();
    const hit = this.lineHit(this.pxOf(event), finger ? REACH_FINGER_PX : REACH_MOUSE_PX);
    if (hit?.at !== 'corner') return;
    this.swallowClick = finger;
    this.remove(hit.ref);
  }

  private remove(ref: CornerRef): void {
    if (!this.edit) return;
    this.hover = null;
    tryShape(removeCorner(this.edit, ref));
  }

  show(): void {
    const { draft, ghost, preview } = useDrawing.getState();
    const { drag, hover, cursor, snapped } = this;
    this.layer.found = preview.state === 'read' || preview.state === 'reading' ? preview.found : null;
    if (!draft) {
      this.layer.scene = this.layer.ghost = null;
      return this.layer.redraw();
    }
    const { edit, selected, refused, form } = draft;
    let { shape, open } = edit;
    if (drag?.moved && cursor) {
      const { hit } = drag;
      ({ shape, open } =
        hit.at === 'whole'
          ? withShifted(edit, ...this.shift(drag, cursor))
          : hit.at === 'corner'
            ? withMoved(edit, hit.ref, cursor)
            : withInserted(edit, hit.ref, cursor));
    }
    const next = !drag && open && cursor && hover === null ? cursor : null;
    const tried = drag?.moved ? { shape, open } : next && open ? { shape, open: { ...open, points: [...open.points, next] } } : null;
    this.layer.scene = {
      kind: form.kind,
      shape,
      open,
      handles: !this.still,
      selected,
      hover: !drag && hover?.at === 'corner' ? hover.ref : null,
      onEdge: !drag && hover?.at === 'edge' ? this.lonLatOf(hover.px) : null,
      cursor: drag?.moved && drag.hit.at !== 'whole' ? cursor : next,
      snapped: drag?.moved || next ? snapped : null,
      crossing: (tried ? faultOf(tried)?.at : refused?.at) ?? null,
      middle: this.middleOf({ ...edit, shape, open }),
    };
    this.layer.ghost = ghost && shapeOf(ghost);
    this.layer.redraw();
  }

  protected cursorLook(): void {
    const { edit } = this;
    const { classList } = this.map.getContainer();
    classList.toggle('drawing', edit?.open !== null && edit !== null);
    classList.toggle('on-point', edit !== null && (this.hover?.at === 'corner' || this.hover?.at === 'whole'));
    classList.toggle('on-line', edit !== null && this.hover?.at === 'edge');
  }

  protected takes(px: Px, event: PointerEvent): Hit | null {
    return this.hitAt(px, event);
  }

  /** A neighbour's border. */
  protected near(x: number, y: number, within: number): Snap | null {
    return snapTo(this.neighbours, x, y, within);
  }

  private get edit(): ShapeEdit | null {
    return this.still ? null : (useDrawing.getState().draft?.edit ?? null);
  }

  private shift(drag: Drag<Hit>, at: LonLat): [lon: number, lat: number] {
    const [lon, lat] = this.lonLatOf(drag.from);
    return [at[0] - lon, at[1] - lat];
  }

  /** A corner before a middle before an edge before the handle of the whole. While a ring is being drawn a click near an edge goes on drawing. */
  private hitAt(px: Px, event: PointerEvent): Hit | null {
    const { edit } = this;
    if (!edit) return null;
    const hit = this.lineHit(px, event.pointerType === 'mouse' ? REACH_MOUSE_PX : REACH_FINGER_PX);
    if (hit && !(edit.open && hit.at === 'edge')) return hit;
    const middle = this.middleOf(edit);
    return middle && apart(this.pxAt(middle), px) <= MOVE_PX ? { at: 'whole' } : null;
  }

  private lineHit(px: Px, reachPx: number): Hit | null {
    const { edit } = this;
    if (!edit) return null;
    const rings = ringsOf(edit);
    const found: LineHit | null = hitOf(
      rings.map(({ points, open }) => (open ? points : closed(points)).map((at) => this.pxAt(at))),
      px,
      reachPx,
    );
    if (!found) return null;
    const { polygon, ring, points } = rings[found.ref.line]!;
    const ref: CornerRef = { polygon, ring, corner: found.ref.point % points.length };
    return found.at === 'point' ? { at: 'corner', ref } : { at: 'edge', ref, px: found.px };
  }

  /** The handle of the whole: the middle of its box, while that is wide enough for one. */
  private middleOf({ shape, open }: ShapeEdit): LonLat | null {
    const corners = shape.flat(2);
    if (corners.length === 0 || open) return null;
    const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
    const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    if (apart(this.pxAt([west, north]), this.pxAt([east, south])) < 6 * MOVE_PX) return null;
    return [(west + east) / 2, (south + north) / 2];
  }

  private pxAt([lon, lat]: LonLat): Px {
    const { x, y } = this.map.latLngToContainerPoint([lat, lon]);
    return [x, y];
  }
}

/** Every ring with where it stands; the open one last, as one part more. */
function ringsOf({ shape, open }: ShapeEdit) {
  const rings = shape.flatMap((parts, polygon) => parts.map((points, ring) => ({ polygon, ring, points, open: false })));
  return open ? [...rings, { polygon: shape.length, ring: 0, points: open.points, open: true }] : rings;
}

const after = ({ polygon, ring, corner }: CornerRef): CornerRef => ({ polygon, ring, corner: corner + 1 });
