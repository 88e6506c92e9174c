import type { City } from './city.js';
import { makeCity } from './city.js';
import { boxOf, distanceToArea, fromLonLat, inBox } from './plane.js';
import type { Point } from './plane.js';
import type { Place, PlaceKind } from './places.js';
import type { WireReport } from './report.js';
import type { Sent } from './simulate.js';
import type { EpochMs } from './truth.js';

/** A Tuesday in the city's time. */
export function clock(time: string): EpochMs {
  return Date.parse(`2026-11-24T${time}+08:00`);
}

export const HOUR = 3_600_000;

let made: City | null = null;

/** The city of seed 1, made once a spec file. */
export function theCity(): City {
  return (made ??= makeCity(1));
}

/** Every report of a day by terminal, each once, in order of time. */
export function reportsOf(sent: Iterable<Sent>): Map<string, { at: EpochMs; report: WireReport; point: Point }[]> {
  const out = new Map<string, Map<string, { at: EpochMs; report: WireReport; point: Point }>>();
  for (const { terminalId, payload } of sent) {
    const mine = out.get(terminalId) ?? new Map<string, { at: EpochMs; report: WireReport; point: Point }>();
    out.set(terminalId, mine);
    for (const report of Array.isArray(payload) ? payload : [payload]) {
      mine.set(JSON.stringify({ ...report, buffered: undefined }), { at: timeOf(report), report, point: fromLonLat([report.lon, report.lat]) });
    }
  }
  return new Map([...out].map(([id, reports]) => [id, [...reports.values()].sort((a, b) => a.at - b.at)]));
}

export function timeOf(report: WireReport): EpochMs {
  return typeof report.time === 'number' ? report.time : Date.parse(report.time);
}

const boxes = new WeakMap<Place, ReturnType<typeof boxOf>>();

/** The places of these kinds within `marginM` of the point. */
export function placesNear(city: City, p: Point, marginM: number, ...kinds: PlaceKind[]): Place[] {
  return city.places.filter((place) => {
    if (!kinds.includes(place.kind)) return false;
    let box = boxes.get(place);
    if (!box) boxes.set(place, (box = boxOf(place.area.flat(2), 400)));
    return inBox(p, box) && distanceToArea(p, place.area) <= marginM;
  });
}

const ALIKE = ['0DQO', '1LI', '2Z', '5S', '8B'];

/** Is a plate another but for one character that looks like its own? */
export function alike(plate: string, other: string): boolean {
  const unlike = [...plate].flatMap((c, i) => (c === other[i] ? [] : [c + other[i]!]));
  return plate.length === other.length && unlike.length === 1 && ALIKE.some((set) => [...unlike[0]!].every((c) => set.includes(c)));
}
