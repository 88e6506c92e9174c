import type { City } from './city.js';
import type { EpochMs } from './truth.js';
import { cityTime } from './hours.js';
import type { Seen } from './phase.js';
import { distanceToArea } from './plane.js';
import type { Point } from './plane.js';
import type { Random } from './random.js';

/** A camera and where it hangs: one at each gate of a site or yard, and some where much was dumped. */
export interface Camera {
  id: string;
  placeId: string;
  name: string;
  point: Point;
}

/** What a camera says it saw (wire.md, «Sighting»). */
export interface WireSighting {
  id: string;
  time: string;
  kind: 'pass' | 'spill' | 'dumping';
  direction?: 'in' | 'out';
  confidence?: number;
  plate?: string;
  plateConfidence?: number;
  covered?: boolean;
  coveredConfidence?: number;
  wheelsClean?: boolean;
  wheelsCleanConfidence?: number;
}

/** What there is to see: `plate` null where it cannot be read. */
export type Sight = Omit<Seen, 'plate'> & { plate: string | null };

export function cameraId(placeId: string): string {
  return `cam-${placeId}`;
}

const hungIn = new WeakMap<City, Camera[]>();

export function camerasOf(city: City): Camera[] {
  let cameras = hungIn.get(city);
  if (!cameras) hungIn.set(city, (cameras = hangCameras(city)));
  return cameras;
}

function hangCameras(city: City): Camera[] {
  const gates = [...city.sites, ...city.yards];
  const hung = gates.map(({ place, drive }) => ({ id: cameraId(place.id), placeId: place.id, name: `${place.name}出入口`, point: drive[1] }));
  const wild = city.wastelands.flatMap(({ camera, point }) => {
    if (camera === null) return [];
    // Every camera belongs to a place: out there, to the nearest.
    const nearest = gates.reduce((best, gate) => (distanceToArea(point, gate.place.area) < distanceToArea(point, best.place.area) ? gate : best));
    return [{ id: camera, placeId: nearest.place.id, name: `${nearest.place.name}附近荒地监控`, point }];
  });
  return [...hung, ...wild];
}

/** Below this nobody takes a plate for read. */
const READABLE = 0.85;
const UNREADABLE_SHARE = 0.03;
/** Read with confidence, one character wrong that looks alike. */
const MISREAD_SHARE = 0.004;
const ALIKE: Record<string, string> = { '0': 'D', D: '0', '1': 'L', L: '1', '2': 'Z', Z: '2', '5': 'S', S: '5', '8': 'B', B: '8', Q: '0' };
/** A camera unsure of what it saw is wrong about it now and then; one that is sure is not. */
const UNSURE_SHARE = 0.04;

/** One camera's eye and clock. */
export class CameraEye {
  private readonly offsetMs: number;

  constructor(
    private readonly id: string,
    private readonly plates: ReadonlySet<string>,
    private readonly random: Random,
  ) {
    this.offsetMs = Math.round(random.normal(1200));
  }

  see(sight: Sight): WireSighting {
    const { at, kind, direction, certain } = sight;
    const time = cityTime(Math.round((at + this.offsetMs) / 1000) * 1000);
    // Unique over restarts: the same id again would be the same sighting.
    const sighting: WireSighting = { id: `${this.id.slice(4)}-${Math.floor(at).toString(36)}-${this.random.whole(0, 1295).toString(36)}`, time, kind };
    if (direction) sighting.direction = direction;
    if (kind !== 'pass') sighting.confidence = this.sure();
    Object.assign(sighting, this.readPlate(sight));
    if (sight.covered !== null) [sighting.covered, sighting.coveredConfidence] = this.judge(sight.covered, certain);
    if (sight.clean !== null) [sighting.wheelsClean, sighting.wheelsCleanConfidence] = this.judge(sight.clean, certain);
    return sighting;
  }

  private readPlate({ plate, certain }: Sight): Pick<WireSighting, 'plate' | 'plateConfidence'> {
    if (plate === null) return {};
    if (certain) return { plate, plateConfidence: this.sure() };
    if (this.random.chance(UNREADABLE_SHARE)) {
      return {
        plate: withOne(plate, this.random.whole(2, plate.length - 1), String(this.random.whole(0, 9))),
        plateConfidence: this.share(0.4, READABLE - 0.03),
      };
    }
    const at = [...plate].findIndex((c, i) => i >= 2 && ALIKE[c]);
    if (at >= 0 && this.random.chance(MISREAD_SHARE)) {
      const misread = withOne(plate, at, ALIKE[plate[at]!]!);
      if (!this.plates.has(misread)) return { plate: misread, plateConfidence: this.share(0.86, 0.93) };
    }
    return { plate, plateConfidence: this.share(0.9, 0.99) };
  }

  private judge(truly: boolean, certain: boolean): [boolean, number] {
    if (certain) return [truly, this.sure()];
    if (this.random.chance(UNSURE_SHARE)) return [this.random.chance(0.3) ? !truly : truly, this.share(0.45, 0.74)];
    return [truly, this.share(0.9, 0.99)];
  }

  private sure(): number {
    return this.share(0.93, 0.99);
  }

  private share(low: number, high: number): number {
    return Math.round(this.random.between(low, high) * 100) / 100;
  }
}

/** One packet of a camera. */
export interface SentSighting {
  at: EpochMs;
  cameraId: string;
  payload: WireSighting;
}

function withOne(plate: string, at: number, character: string): string {
  return plate.slice(0, at) + character + plate.slice(at + 1);
}
