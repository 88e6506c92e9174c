import type { LonLat } from '../map/projection.js';
import {
  addPoint,
  beginEdit,
  changed,
  geometryOf,
  growFrom,
  growingEnd,
  insertPoint,
  movePoint,
  pointsIn,
  redo,
  removePoint,
  type RouteEdit,
  undo,
} from './routeEdit.js';

const A: LonLat = [113.38, 31.69];
const B: LonLat = [113.39, 31.69];
const C: LonLat = [113.4, 31.7];
const drawn = (...points: LonLat[]) => points.reduce<RouteEdit>(addPoint, beginEdit());

describe('drawing a route', () => {
  it('adds each click at its end', () => {
    expect(drawn(A, B, C).lines).toEqual([[A, B, C]]);
  });

  it('goes on from its beginning when asked', () => {
    const edit = addPoint(growFrom(drawn(A, B), { line: 0, point: 0 }), C);
    expect(edit.lines).toEqual([[C, A, B]]);
    expect(growingEnd(edit)).toEqual({ line: 0, point: 0 });
    expect(growFrom(drawn(A, B, C), { line: 0, point: 1 }).grows).toEqual({ line: 0, at: 'last' });
  });

  it('keeps a tenth of a metre, no more', () => {
    expect(drawn([113.123456789, 31.987654321]).lines).toEqual([[[113.123457, 31.987654]]]);
  });

  it('moves, inserts and removes a point', () => {
    expect(movePoint(drawn(A, B), { line: 0, point: 1 }, C).lines).toEqual([[A, C]]);
    expect(insertPoint(drawn(A, C), { line: 0, point: 0 }, B).lines).toEqual([[A, B, C]]);
    expect(removePoint(drawn(A, B, C), { line: 0, point: 1 }).lines).toEqual([[A, C]]);
    expect(removePoint(drawn(A), { line: 0, point: 7 }).lines).toEqual([[A]]);
  });

  it('takes back every step, one after the other, and does it again', () => {
    const edit = movePoint(drawn(A, B), { line: 0, point: 0 }, C);
    expect(undo(edit).lines).toEqual([[A, B]]);
    expect(undo(undo(edit)).lines).toEqual([[A]]);
    expect(redo(undo(edit)).lines).toEqual(edit.lines);
    expect(undo(beginEdit()).lines).toEqual([[]]);
    const anew = addPoint(undo(edit), A);
    expect(redo(anew)).toBe(anew); // a new step forgets what was taken back
  });

  it('is unchanged until something was done, and again after all was taken back', () => {
    expect(changed(beginEdit([[A, B]]))).toBe(false);
    expect(changed(drawn(A))).toBe(true);
    expect(changed(undo(drawn(A)))).toBe(false);
  });
});

describe('a route of several lines', () => {
  const two = beginEdit([
    [A, B],
    [B, C],
  ]);

  it('loses a line with its last point', () => {
    const edit = removePoint(removePoint(two, { line: 1, point: 1 }), { line: 1, point: 0 });
    expect(edit.lines).toEqual([[A, B]]);
    expect(edit.grows).toEqual({ line: 0, at: 'last' });
    expect(undo(undo(edit)).lines).toEqual(two.lines);
  });

  it('is sent as one line where only one is left, and not at all with a single point', () => {
    expect(geometryOf(two.lines)).toMatchObject({ type: 'MultiLineString' });
    expect(geometryOf([[A, B], [C]])).toEqual({ type: 'LineString', coordinates: [[...A], [...B]] });
    expect(geometryOf([[A]])).toBeNull();
    expect(pointsIn(two.lines)).toBe(4);
  });
});
