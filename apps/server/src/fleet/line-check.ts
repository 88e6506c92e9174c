import { distanceM, linesOf, type Point, type Sentence } from '@muckwatch/domain';
import type { LineString, MultiLineString, Position } from 'geojson';

/** Longer than any haul: lon and lat are swapped, or two routes were drawn as one. */
const LONGEST_M = 500_000;
/** Of one route. A truck that is far off its route is measured against all of them. */
const MOST_POINTS = 20_000;

/** What is wrong with a route's line, in both languages; null when it can be driven. Ask of a cleaned one. */
export function lineFault(geometry: LineString | MultiLineString): Sentence | null {
  const lines = linesOf(geometry) as Point[][];
  const points = lines.reduce((sum, line) => sum + line.length, 0);
  if (points > MOST_POINTS) return { en: `has ${points} positions; at most ${MOST_POINTS} can be used`, zh: `有 ${points} 个点，最多 ${MOST_POINTS} 个` };
  const short = lines.findIndex((line) => line.length < 2);
  if (short >= 0) {
    const isOneOfMany = geometry.type === 'MultiLineString';
    const at = `[${lines[short]![0]!.join(', ')}]`;
    return {
      en: `${isOneOfMany ? `line ${short + 1}` : 'the line'} has no two different positions: it stays at ${at}`,
      zh: `${isOneOfMany ? `第 ${short + 1} 段` : '线路'}没有两个不同的点，一直在 ${at}`,
    };
  }
  const metres = lines.reduce((sum, line) => sum + lengthM(line), 0);
  if (metres === 0) return { en: 'has a length of 0 m', zh: '长度是 0 m' };
  if (metres >= LONGEST_M) {
    const [km, most] = [Math.round(metres / 1_000), LONGEST_M / 1_000];
    return { en: `is ${km} km long, and no route is ${most} km; are lon and lat swapped?`, zh: `长 ${km} km，没有线路长达 ${most} km；经度与纬度写反了吗？` };
  }
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
