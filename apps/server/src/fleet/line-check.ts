import { distanceM, linesOf, type Point } from '@muckwatch/domain';
import type { LineString, MultiLineString, Position } from 'geojson';

/** Longer than any haul: lon and lat are swapped, or two routes were drawn as one. */
const LONGEST_M = 500_000;
/** Of one route. A truck that is far off its route is measured against all of them. */
const MOST_POINTS = 20_000;

/** What is wrong with a route's line, in a sentence; null when it can be driven. Ask of a cleaned one. */
export function lineFault(geometry: LineString | MultiLineString): string | null {
  const lines = linesOf(geometry) as Point[][];
  const points = lines.reduce((sum, line) => sum + line.length, 0);
  if (points > MOST_POINTS) return `has ${points} positions; at most ${MOST_POINTS} can be used`;
  const short = lines.findIndex((line) => line.length < 2);
  if (short >= 0) {
    const name = geometry.type === 'MultiLineString' ? `line ${short + 1}` : 'the line';
    return `${name} has no two different positions: it stays at [${lines[short]![0]!.join(', ')}]`;
  }
  const metres = lines.reduce((sum, line) => sum + lengthM(line), 0);
  if (metres === 0) return 'has a length of 0 m';
  if (metres >= LONGEST_M) return `is ${Math.round(metres / 1_000)} km long, and no route is ${LONGEST_M / 1_000} km; are lon and lat swapped?`;
  return null;
}

/** Altitude is dropped, and positions that repeat the one before. */
export function cleanedLine(geometry: LineString | MultiLineString): LineString | MultiLineString {
  const cleaned = (line: Position[]) =>
    line.map(([lon, lat]): Position => [lon!, lat!]).filter(([lon, lat], i, all) => i === 0 || lon !== all[i - 1]![0] || lat !== all[i - 1]![1]);
  if (geometry.type === 'LineString') return { type: 'LineString', coordinates: cleaned(geometry.coordinates) };
  return { type: 'MultiLineString', coordinates: geometry.coordinates.map(cleaned) };
}

function lengthM(line: Point[]): number {
  let metres = 0;
  for (let i = 1; i < line.length; i++) metres += distanceM(line[i - 1]!, line[i]!);
  return metres;
}
