import type { PointRef } from '../map/lineHit.js';
import type { LonLat } from '../map/projection.js';
export type Line = readonly LonLat[];
export type Lines = readonly Line[];

/** A route under the hand: its lines, where the next point goes, and the way back. Every step gives a new value. */
export interface RouteEdit {
  readonly lines: Lines;
  /** The end that grows: the last point of a line, or its first. */
  readonly grows: { readonly line: number; readonly at: 'first' | 'last' };
  readonly past: readonly Lines[];
  readonly undone: readonly Lines[];
}

/** About 0.1 m: more digits are noise of the pointer. */
const DIGITS = 1e6;

export function beginEdit(lines: Lines = []): RouteEdit {
  const own = lines.length > 0 ? lines : [[]];
  return { lines: own, grows: { line: own.length - 1, at: 'last' }, past: [], undone: [] };
}

export function addPoint(edit: RouteEdit, at: LonLat): RouteEdit {
  const { line, at: end } = edit.grows;
  const points = edit.lines[line] ?? [];
  return step(edit, replaced(edit.lines, line, end === 'last' ? [...points, tidy(at)] : [tidy(at), ...points]));
}

/** Between the point and its next one. */
export function insertPoint(edit: RouteEdit, { line, point }: PointRef, at: LonLat): RouteEdit {
  return step(edit, withInserted(edit.lines, { line, point }, at));
}

export function movePoint(edit: RouteEdit, ref: PointRef, at: LonLat): RouteEdit {
  return step(edit, withMoved(edit.lines, ref, at));
}

/** A line whose last point goes is gone, except the only one. */
export function removePoint(edit: RouteEdit, { line, point }: PointRef): RouteEdit {
  if (!edit.lines[line]?.[point]) return edit;
  const rest = edit.lines[line].filter((_, i) => i !== point);
  if (rest.length > 0 || edit.lines.length === 1) return step(edit, replaced(edit.lines, line, rest));
  return step(
    edit,
    edit.lines.filter((_, i) => i !== line),
  );
}

/** The next point goes on from here, if this is an end. */
export function growFrom(edit: RouteEdit, ref: PointRef): RouteEdit {
  const at = endAt(edit.lines, ref);
  return at === null ? edit : { ...edit, grows: { line: ref.line, at } };
}

export function endAt(lines: Lines, { line, point }: PointRef): 'first' | 'last' | null {
  const length = lines[line]?.length ?? 0;
  if (length === 0) return null;
  return point === length - 1 ? 'last' : point === 0 ? 'first' : null;
}

export function undo(edit: RouteEdit): RouteEdit {
  const before = edit.past.at(-1);
  if (!before) return edit;
  return held({ ...edit, lines: before, past: edit.past.slice(0, -1), undone: [...edit.undone, edit.lines] });
}

export function redo(edit: RouteEdit): RouteEdit {
  const after = edit.undone.at(-1);
  if (!after) return edit;
  return held({ ...edit, lines: after, past: [...edit.past, edit.lines], undone: edit.undone.slice(0, -1) });
}

export const changed = (edit: RouteEdit): boolean => edit.past.length > 0;

/** The point that the next one is joined to; null while there is none. */
export function growingEnd({ lines, grows }: RouteEdit): PointRef | null {
  const length = lines[grows.line]?.length ?? 0;
  return length === 0 ? null : { line: grows.line, point: grows.at === 'last' ? length - 1 : 0 };
}

export const pointsIn = (lines: Lines): number => lines.reduce((sum, line) => sum + line.length, 0);

export function withMoved(lines: Lines, { line, point }: PointRef, at: LonLat): Lines {
  return replaced(
    lines,
    line,
    lines[line]!.map((old, i) => (i === point ? tidy(at) : old)),
  );
}

export function withInserted(lines: Lines, { line, point }: PointRef, at: LonLat): Lines {
  return replaced(lines, line, [...lines[line]!.slice(0, point + 1), tidy(at), ...lines[line]!.slice(point + 1)]);
}

export type RouteGeometry = { type: 'LineString'; coordinates: number[][] } | { type: 'MultiLineString'; coordinates: number[][][] };

/** As it is sent; null while no line has two points. */
export function geometryOf(lines: Lines): RouteGeometry | null {
  const whole = lines.filter((line) => line.length >= 2).map((line) => line.map(([lon, lat]) => [lon, lat]));
  if (whole.length === 0) return null;
  return whole.length === 1 ? { type: 'LineString', coordinates: whole[0]! } : { type: 'MultiLineString', coordinates: whole };
}

function step(edit: RouteEdit, lines: Lines): RouteEdit {
  return held({ ...edit, lines, past: [...edit.past, edit.lines], undone: [] });
}

/** The growing end stays on a line that there is. */
function held(edit: RouteEdit): RouteEdit {
  return edit.grows.line < edit.lines.length ? edit : { ...edit, grows: { line: edit.lines.length - 1, at: 'last' } };
}

function replaced(lines: Lines, at: number, line: Line): Lines {
  return lines.map((old, i) => (i === at ? line : old));
}

function tidy([lon, lat]: LonLat): LonLat {
  return [Math.round(lon * DIGITS) / DIGITS, Math.round(lat * DIGITS) / DIGITS];
}
