import type { LonLat } from '../map/projection.js';
import { areaM2, contains, firstCrossing, type PlaceFeature } from '@muckwatch/contract';

/** Corners in turn; the first is not said again at the end. */
export type Ring = readonly LonLat[];
/** Polygons, each its outer ring and then its holes. */
export type Shape = readonly (readonly Ring[])[];
export type Geometry = PlaceFeature['geometry'];

export interface CornerRef {
  polygon: number;
  ring: number;
  corner: number;
}

/** A ring that is being drawn: a part of its own, or a hole of the part that its first corner lies in. */
export interface OpenRing {
  readonly as: 'part' | 'hole';
  readonly points: Ring;
}

interface Drawn {
  readonly shape: Shape;
  readonly open: OpenRing | null;
}

/** A shape under the hand and the way back. Every step gives a new value. */
export interface ShapeEdit extends Drawn {
  readonly past: readonly Drawn[];
  readonly undone: readonly Drawn[];
}

/** What a shape cannot be, and where. */
export interface ShapeFault {
  why: 'crossing' | 'hole-outside';
  at: LonLat;
}

/** A step, or why it is refused. */
export type Step = { edit: ShapeEdit } | { fault: ShapeFault };

/** About 0.1 m: more digits are noise of the pointer. */
const DIGITS = 1e6;
const FEWEST = 3;

/** A new shape begins with its first ring open. */
export function beginShape(geometry: Geometry | null): ShapeEdit {
  return { shape: geometry ? shapeOf(geometry) : [], open: geometry ? null : { as: 'part', points: [] }, past: [], undone: [] };
}

export function openRing(edit: ShapeEdit, as: OpenRing['as']): ShapeEdit {
  return edit.open ? edit : step(edit, { shape: edit.shape, open: { as, points: [] } });
}

export function addCorner(edit: ShapeEdit, at: LonLat): Step {
  const { open, shape } = edit;
  if (!open) return { edit };
  const corner = tidy(at);
  if (open.points.some((one) => same(one, corner))) return { edit };
  return tried(edit, { shape, open: { ...open, points: [...open.points, corner] } });
}

/** The open ring becomes a part or a hole; fewer than three corners make none. */
export function closeRing(edit: ShapeEdit): Step {
  const { open, shape } = edit;
  if (!open || open.points.length < FEWEST) return { edit };
  const polygon = open.as === 'hole' ? partAround(shape, open.points[0]!) : shape.length;
  const closed = polygon < shape.length ? shape.map((rings, p) => (p === polygon ? [...rings, open.points] : rings)) : [...shape, [open.points]];
  return tried(edit, { shape: closed, open: null });
}

/** The open ring is given up, but never the only one. */
export function dropOpen(edit: ShapeEdit): ShapeEdit {
  if (!edit.open) return edit;
  return edit.shape.length === 0 ? step(edit, { shape: [], open: { as: 'part', points: [] } }) : step(edit, { shape: edit.shape, open: null });
}

export const moveCorner = (edit: ShapeEdit, ref: CornerRef, at: LonLat): Step => tried(edit, withMoved(edit, ref, at));
/** Between the corner and its next one. */
export const insertCorner = (edit: ShapeEdit, ref: CornerRef, at: LonLat): Step => tried(edit, withInserted(edit, ref, at));

/** A ring that would have two corners goes; with the outer one its part goes. */
export function removeCorner(edit: ShapeEdit, { polygon, ring, corner }: CornerRef): Step {
  const { shape, open } = edit;
  if (polygon === shape.length) {
    if (!open) return { edit };
    return tried(edit, { shape, open: { ...open, points: open.points.filter((_, i) => i !== corner) } });
  }
  const rest = shape[polygon]![ring]!.filter((_, i) => i !== corner);
  if (rest.length >= FEWEST) return tried(edit, { ...edit, shape: replaced(shape, { polygon, ring }, rest) });
  const without = ring === 0 ? shape.filter((_, p) => p !== polygon) : shape.map((rings, p) => (p === polygon ? rings.filter((_, r) => r !== ring) : rings));
  return { edit: step(edit, { shape: without, open: without.length === 0 && !open ? { as: 'part', points: [] } : open }) };
}

export function moveWhole(edit: ShapeEdit, byLon: number, byLat: number): ShapeEdit {
  return step(edit, withShifted(edit, byLon, byLat));
}

/** Another shape in its place, as one step. */
export function takeShape(edit: ShapeEdit, geometry: Geometry): ShapeEdit {
  return step(edit, { shape: shapeOf(geometry), open: null });
}

export function undo(edit: ShapeEdit): ShapeEdit {
  const before = edit.past.at(-1);
  return before ? { ...before, past: edit.past.slice(0, -1), undone: [...edit.undone, drawnOf(edit)] } : edit;
}

export function redo(edit: ShapeEdit): ShapeEdit {
  const after = edit.undone.at(-1);
  return after ? { ...after, past: [...edit.past, drawnOf(edit)], undone: edit.undone.slice(0, -1) } : edit;
}

export const changed = ({ past }: ShapeEdit): boolean => past.length > 0;

/** The open ring counts as one part more, after the closed ones. */
export function withMoved(drawn: Drawn, { polygon, ring, corner }: CornerRef, at: LonLat): Drawn {
  return withRing(drawn, { polygon, ring }, (points) => points.map((old, i) => (i === corner ? tidy(at) : old)));
}

export function withInserted(drawn: Drawn, { polygon, ring, corner }: CornerRef, at: LonLat): Drawn {
  return withRing(drawn, { polygon, ring }, (points) => [...points.slice(0, corner + 1), tidy(at), ...points.slice(corner + 1)]);
}

export function withShifted({ shape, open }: Drawn, byLon: number, byLat: number): Drawn {
  const shifted = (ring: Ring) => ring.map(([lon, lat]) => tidy([lon + byLon, lat + byLat]));
  return { shape: shape.map((rings) => rings.map(shifted)), open: open && { ...open, points: shifted(open.points) } };
}

/** As it is sent; null while there is none, or one is being drawn. */
export function geometryOf({ shape, open }: Drawn): Geometry | null {
  if (shape.length === 0 || open) return null;
  const polygons = shape.map((rings) => rings.map(sent));
  return polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0]! } : { type: 'MultiPolygon', coordinates: polygons };
}

export function shapeOf(geometry: Geometry): Shape {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => rings.map((ring) => ring.slice(0, -1).map(([lon, lat]): LonLat => [lon!, lat!])));
}

/** Square metres of what is closed, and of the open ring as if it were. */
export function areaOf({ shape, open }: Drawn): number {
  const whole = geometryOf({ shape, open: null });
  const of = whole ? areaM2(whole) : 0;
  if (!open || open.points.length < FEWEST) return of;
  const more = areaM2({ type: 'Polygon', coordinates: [sent(open.points)] });
  return open.as === 'hole' ? Math.max(0, of - more) : of + more;
}

export const cornersIn = ({ shape, open }: Drawn): number => shape.flat().reduce((sum, ring) => sum + ring.length, open?.points.length ?? 0);

/** What the server would refuse, said while it is drawn. */
export function faultOf({ shape, open }: Drawn): ShapeFault | null {
  const around = open?.as === 'hole' && open.points.length > 0 ? partAround(shape, open.points[0]!) : null;
  if (around === shape.length) return { why: 'hole-outside', at: open!.points[0]! };
  for (const [p, rings] of shape.entries()) {
    const lines = rings.map(sent);
    const crossing = firstCrossing(p === around ? [...lines, open!.points.map((at) => [...at])] : lines);
    if (crossing) return { why: 'crossing', at: [crossing[0]!, crossing[1]!] };
    for (const hole of rings.slice(1)) {
      // Where no edges cross, one corner tells for the whole ring; a corner that touches the border does not.
      if (!hole.some((corner) => contains({ type: 'Polygon', coordinates: [lines[0]!] }, [...corner]))) return { why: 'hole-outside', at: hole[0]! };
    }
  }
  if (open && around === null) {
    const crossing = firstCrossing([open.points.map((at) => [...at])]);
    if (crossing) return { why: 'crossing', at: [crossing[0]!, crossing[1]!] };
  }
  return null;
}

/** Which part holds a point; as many as there are where none does. */
function partAround(shape: Shape, at: LonLat): number {
  const found = shape.findIndex((rings) => contains({ type: 'Polygon', coordinates: rings.map(sent) }, [...at]));
  return found < 0 ? shape.length : found;
}

function tried(edit: ShapeEdit, { shape, open }: Drawn): Step {
  const fault = faultOf({ shape, open });
  return fault ? { fault } : { edit: step(edit, { shape, open }) };
}

function step(edit: ShapeEdit, { shape, open }: Drawn): ShapeEdit {
  return { shape, open, past: [...edit.past, drawnOf(edit)], undone: [] };
}

function withRing(drawn: Drawn, at: { polygon: number; ring: number }, change: (ring: Ring) => Ring): Drawn {
  const { shape, open } = drawn;
  if (at.polygon === shape.length) return { shape, open: open && { ...open, points: change(open.points) } };
  return { shape: replaced(shape, at, change(shape[at.polygon]![at.ring]!)), open };
}

function replaced(shape: Shape, { polygon, ring }: { polygon: number; ring: number }, by: Ring): Shape {
  return shape.map((rings, p) => (p === polygon ? rings.map((old, r) => (r === ring ? by : old)) : rings));
}

export const closed = (ring: Ring): Ring => (ring.length === 0 ? ring : [...ring, ring[0]!]);
/** As GeoJSON has it: closed, and lists that may be changed. */
const sent = (ring: Ring): number[][] => closed(ring).map((at) => [...at]);
const drawnOf = ({ shape, open }: Drawn): Drawn => ({ shape, open });
const same = (a: LonLat, b: LonLat) => a[0] === b[0] && a[1] === b[1];

function tidy([lon, lat]: LonLat): LonLat {
  return [Math.round(lon * DIGITS) / DIGITS, Math.round(lat * DIGITS) / DIGITS];
}
