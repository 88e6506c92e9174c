import type { HaulTotals, TrackPoint } from '@muckwatch/contract';
import type { MapPlace } from '../map/places.js';
import { latOf, lonOf } from '../map/projection.js';

type Flow = HaulTotals['flows'][number];
type LatLon = [lat: number, lon: number];

/** A site and a yard with what went from one to the other, as a line. */
export interface FlowLine {
  flow: Flow;
  site: MapPlace;
  yard: MapPlace;
  points: LatLon[];
  /** Thickest line is 10 px: its area grows as its loads do. */
  widthPx: number;
}

const BEND = 0.12;
const STEPS = 16;
/** A bed that rose is shown where the truck was within a minute of it. */
const NEAR_MS = 60_000;

/** The flows whose both ends are on the map, least first so that the most lies on top; and how many loads have no line. */
export function linesOf(flows: readonly Flow[], places: readonly MapPlace[]): { lines: FlowLine[]; without: number } {
  const byId = new Map(places.map((place) => [place.id, place]));
  const most = Math.max(1, ...flows.map(({ loads }) => loads));
  const lines: FlowLine[] = [];
  let without = 0;
  for (const flow of [...flows].sort((a, b) => a.loads - b.loads)) {
    const site = flow.siteId === null ? undefined : byId.get(flow.siteId);
    const yard = flow.yardId === null ? undefined : byId.get(flow.yardId);
    if (site && yard) lines.push({ flow, site, yard, points: bent(middleOf(site), middleOf(yard)), widthPx: 1.5 + 8.5 * Math.sqrt(flow.loads / most) });
    else without += flow.loads;
  }
  return { lines, without };
}

export function middleOf({ west, east, north, south }: MapPlace): LatLon {
  return [latOf((north + south) / 2), lonOf((west + east) / 2)];
}

/** A little to the right of the way: there and back are two lines. */
function bent([lat, lon]: LatLon, [toLat, toLon]: LatLon): LatLon[] {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const [dLat, dLon] = [toLat - lat, (toLon - lon) * squeeze];
  const control: LatLon = [(lat + toLat) / 2 - dLon * BEND, (lon + toLon) / 2 + (dLat * BEND) / squeeze];
  return Array.from({ length: STEPS + 1 }, (_, i): LatLon => {
    const s = i / STEPS;
    const at = (a: number, b: number, c: number) => (1 - s) ** 2 * a + 2 * s * (1 - s) * b + s * s * c;
    return [at(lat, control[0], toLat), at(lon, control[1], toLon)];
  });
}

/** Where the truck was when its bed went up; null where that is not known. */
export function bedUpPoint(points: readonly TrackPoint[], bedUpAt: string | null): TrackPoint | null {
  if (bedUpAt === null) return null;
  const at = Date.parse(bedUpAt);
  let nearest: TrackPoint | null = null;
  let least = NEAR_MS;
  for (const point of points) {
    const off = Math.abs(Date.parse(point.at) - at);
    if (point.doubt !== null || off > least) continue;
    [nearest, least] = [point, off];
  }
  return nearest;
}
