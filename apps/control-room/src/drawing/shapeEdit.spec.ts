import type { LonLat } from '../map/projection.js';
import {
  addCorner,
  areaOf,
  beginShape,
  closeRing,
  dropOpen,
  type Geometry,
  geometryOf,
  insertCorner,
  moveCorner,
  moveWhole,
  openRing,
  redo,
  removeCorner,
  type ShapeEdit,
  type Step,
  takeShape,
  undo,
} from './shapeEdit.js';

const tidy = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
const ring = (lon: number, lat: number, size: number): LonLat[] => [
  [lon, lat],
  [tidy(lon + size), lat],
  [tidy(lon + size), tidy(lat + size)],
  [lon, tidy(lat + size)],
];
const polygon = (...rings: LonLat[][]): Geometry => ({ type: 'Polygon', coordinates: rings.map((one) => [...one, one[0]!].map(([lon, lat]) => [lon, lat])) });
const done = (step: Step): ShapeEdit => {
  if ('fault' in step) throw new Error(`refused: ${step.fault.why} at ${step.fault.at.join()}`);
  return step.edit;
};
const clicked = (edit: ShapeEdit, corners: LonLat[]) => corners.reduce((now, at) => done(addCorner(now, at)), edit);
const SQUARE = polygon(ring(113, 31, 0.01));

describe('a shape that is drawn', () => {
  it('is a polygon once its ring is closed, and none before', () => {
    const open = clicked(beginShape(null), ring(113, 31, 0.01));
    expect(geometryOf(open)).toBeNull();
    expect(geometryOf(done(closeRing(open)))).toEqual(SQUARE);
    const two = clicked(beginShape(null), ring(113, 31, 0.01).slice(0, 2));
    expect(done(closeRing(two))).toBe(two);
  });

  it('refuses the corner that would make it cross itself, and says where', () => {
    const open = clicked(beginShape(null), ring(0, 0, 1).slice(0, 3));
    expect(addCorner(open, [0.5, -1])).toEqual({ fault: { why: 'crossing', at: [0.75, 0] } });
  });

  it('refuses a ring whose last edge crosses the others', () => {
    const bad = clicked(beginShape(null), [[0, 0], [2, 0], [2, 2], [3, 2], [3, 1], [2.5, 1]]); // prettier-ignore
    expect(closeRing(bad)).toMatchObject({ fault: { why: 'crossing' } });
  });

  it('goes back and forth, over the closing too', () => {
    const whole = done(closeRing(clicked(beginShape(null), ring(113, 31, 0.01))));
    const back = undo(whole);
    expect(back.open?.points).toHaveLength(4);
    expect(undo(back).open?.points).toHaveLength(3);
    expect(redo(redo(undo(undo(whole))))).toEqual(whole);
    expect(undo(beginShape(SQUARE))).toEqual(beginShape(SQUARE));
  });
});

describe('a shape that is changed', () => {
  const edit = beginShape(SQUARE);

  it('moves, gains and loses corners; a corner over an edge is refused and nothing changes', () => {
    const moved = done(moveCorner(edit, { polygon: 0, ring: 0, corner: 2 }, [113.02, 31.02]));
    expect(moved.shape[0]![0]![2]).toEqual([113.02, 31.02]);
    expect(moveCorner(edit, { polygon: 0, ring: 0, corner: 2 }, [113.005, 30.99])).toMatchObject({ fault: { why: 'crossing' } });
    const more = done(insertCorner(edit, { polygon: 0, ring: 0, corner: 3 }, [112.99, 31.005]));
    expect(more.shape[0]![0]![4]).toEqual([112.99, 31.005]);
    expect(done(removeCorner(more, { polygon: 0, ring: 0, corner: 4 })).shape).toEqual(edit.shape);
  });

  it('takes a hole where one is drawn inside, and none outside or across the border', () => {
    const hole = ring(113.002, 31.002, 0.002);
    const holed = done(closeRing(clicked(openRing(edit, 'hole'), hole)));
    expect(geometryOf(holed)).toEqual(polygon(ring(113, 31, 0.01), hole));
    expect(areaOf(holed)).toBeCloseTo(areaOf(edit) * 0.96, -2);
    expect(addCorner(openRing(edit, 'hole'), [114, 31])).toEqual({ fault: { why: 'hole-outside', at: [114, 31] } });
    expect(addCorner(clicked(openRing(edit, 'hole'), [[113.002, 31.002]]), [114, 31.001])).toMatchObject({ fault: { why: 'crossing' } });
    // With its third last corner a hole goes, the part stays.
    expect(done(removeCorner(done(removeCorner(holed, { polygon: 0, ring: 1, corner: 0 })), { polygon: 0, ring: 1, corner: 0 })).shape).toEqual(edit.shape);
  });

  it('keeps its parts, and loses one with its last corners', () => {
    const two: Geometry = { type: 'MultiPolygon', coordinates: [SQUARE.coordinates, polygon(ring(114, 31, 0.01)).coordinates] as number[][][][] };
    const parts = beginShape(two);
    expect(geometryOf(parts)).toEqual(two);
    const [one] = [0, 0].reduce((now) => done(removeCorner(now, { polygon: 1, ring: 0, corner: 0 })), parts).shape;
    expect(one).toEqual(edit.shape[0]);
  });

  it('moves whole, takes another shape as one step, and gives an open ring up', () => {
    expect(moveWhole(edit, 0.1, -0.1).shape[0]![0]![0]).toEqual([113.1, 30.9]);
    const other = polygon(ring(114, 32, 0.01));
    expect(geometryOf(takeShape(edit, other))).toEqual(other);
    expect(geometryOf(undo(takeShape(edit, other)))).toEqual(SQUARE);
    expect(geometryOf(dropOpen(openRing(edit, 'part')))).toEqual(SQUARE);
  });
});
