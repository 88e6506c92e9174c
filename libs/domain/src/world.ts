import Flatbush from 'flatbush';
import type { RuleCode } from './alert.js';
import { borderDistanceM, contains, METRES_PER_DEGREE_LAT, metresPerDegreeLon, ringsOf } from './geo.js';
import type { UtcOffset } from './hours.js';
import { exists, type Place } from './place.js';
import type { Point } from './report.js';
import type { Limits } from './limits.js';
import type { EpochMs } from './time.js';

/** Sites and yards count 30 m past their border: tipping on a yard's verge is no dumping. */
export const WORK_PLACE_MARGIN_M = 30;

/** What a point lies in, hours and validity not yet asked. */
export interface Hits {
  /** Places whose polygon contains the point. */
  within: Place[];
  /** Sites and yards that contain the point or lie within 30 m of it. */
  workPlaces: Place[];
}

const NO_PLACES: Place[] = [];
const NOWHERE: Hits = { within: NO_PLACES, workPlaces: NO_PLACES };

/** Places and limits as they stood during one stretch of time. Immutable: an edit makes another world. */
export class World {
  readonly #index: Flatbush | null;
  readonly #byId: Map<string, Place>;
  readonly #noGo: Place[];
  readonly #noGoIndex: Flatbush | null;
  readonly #limits = new Map<RuleCode, Limits>();

  constructor(
    /** The same for the same places and limits, another for others. */
    readonly version: number,
    readonly places: readonly Place[],
    private readonly limitsByRule: ReadonlyMap<RuleCode, Limits>,
    readonly utcOffset: UtcOffset,
  ) {
    this.#byId = new Map(places.map((place) => [place.id, place]));
    this.#index = indexOf(places);
    this.#noGo = places.filter((place) => place.kind === 'no-go');
    this.#noGoIndex = indexOf(this.#noGo);
  }

  place(id: string): Place | undefined {
    return this.#byId.get(id);
  }

  /** What the point lies in: boxes first (flatbush), then polygons (Turf). */
  hits(point: Point): Hits {
    const found = this.#index?.search(point[0], point[1], point[0], point[1]) ?? [];
    if (found.length === 0) return NOWHERE;
    const within: Place[] = [];
    const workPlaces: Place[] = [];
    for (const number of found) {
      const place = this.places[number]!;
      const inside = contains(place.geometry, point);
      if (inside) within.push(place);
      if (isWorkPlace(place) && (inside || borderDistanceM(place.geometry, point) <= WORK_PLACE_MARGIN_M)) workPlaces.push(place);
    }
    return { within, workPlaces };
  }

  /** Forbidden zones whose box the straight line's box meets. */
  noGoAlong(from: Point, to: Point): Place[] {
    if (this.#noGoIndex === null) return NO_PLACES;
    const found = this.#noGoIndex.search(Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1]));
    return found.length === 0 ? NO_PLACES : found.map((number) => this.#noGo[number]!);
  }

  exists(place: Place, at: EpochMs): boolean {
    return exists(place, at, this.utcOffset);
  }

  /** The nearest existing place within `maxM` metres and its distance, 0 inside. Of equally near ones zones come last: «in yard A» says more than «in zone B». */
  nearest(point: Point, at: EpochMs, maxM = 5_000): { place: Place; distanceM: number } | null {
    const reach: [number, number] = [maxM / metresPerDegreeLon(point[1]), maxM / METRES_PER_DEGREE_LAT];
    const found = this.#index?.search(point[0] - reach[0], point[1] - reach[1], point[0] + reach[0], point[1] + reach[1]) ?? [];
    const near = found
      .map((number) => this.places[number]!)
      .filter((place) => this.exists(place, at))
      .map((place) => ({ place, distanceM: contains(place.geometry, point) ? 0 : borderDistanceM(place.geometry, point) }))
      .filter(({ distanceM }) => distanceM <= maxM);
    return near.sort((a, b) => a.distanceM - b.distanceM || zoneLast(a.place) - zoneLast(b.place))[0] ?? null;
  }

  /** A rule's limits in force: the city's own over the defaults. */
  limits<L extends Limits>(rule: RuleCode, defaults: L): L {
    const own = this.limitsByRule.get(rule);
    if (!own) return defaults;
    if (!this.#limits.has(rule)) this.#limits.set(rule, { ...defaults, ...own });
    return this.#limits.get(rule) as L;
  }
}

/** A place as it stood from a time on; null: retired. A first version reaches back to its `validFrom`, or to when it was entered. */
export interface PlaceVersion {
  id: string;
  fromAt: EpochMs;
  place: Place | null;
}

/** A city's own limits of a rule from a time on; null: back to the defaults. */
export interface LimitsVersion {
  rule: RuleCode;
  fromAt: EpochMs;
  limits: Limits | null;
}

/** How many worlds of the past are kept built; a late upload of a day rarely crosses more edits. */
const WORLDS_KEPT = 8;

/** Every world there has been: a moment is judged by the one in force at its event time. */
export class WorldHistory {
  /** Ascending times at which anything changed; stretch i runs from changes[i] to changes[i + 1]. */
  readonly #changes: EpochMs[];
  readonly #built = new Map<number, World>();
  /** The world of the last stretch serves nearly every report: it is never given up for an old one. */
  #newest: World | null = null;

  constructor(private readonly versions: { places: readonly PlaceVersion[]; limits: readonly LimitsVersion[]; utcOffset: UtcOffset }) {
    const times = [...versions.places, ...versions.limits].map((version) => version.fromAt);
    this.#changes = [...new Set([-Infinity, ...times])].sort((a, b) => a - b);
  }

  at(time: EpochMs): World {
    const stretch = this.#stretchOf(time);
    if (stretch === this.#changes.length - 1) return (this.#newest ??= this.#build(stretch));
    const known = this.#built.get(stretch);
    if (known) return known;
    const world = this.#build(stretch);
    if (this.#built.size >= WORLDS_KEPT) this.#built.delete(this.#built.keys().next().value!);
    this.#built.set(stretch, world);
    return world;
  }

  #stretchOf(time: EpochMs): number {
    let [low, high] = [0, this.#changes.length - 1];
    if (time >= this.#changes[high]!) return high;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#changes[middle]! <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #build(stretch: number): World {
    const time = this.#changes[stretch]!;
    const ofPlaces = inForce(this.versions.places, (version) => version.id, time);
    const ofLimits = inForce(this.versions.limits, (version) => version.rule, time);
    const places = ofPlaces.flatMap((version) => version.place ?? []);
    const limits = ofLimits.flatMap((version): [RuleCode, Limits][] => (version.limits ? [[version.rule, version.limits]] : []));
    // Counting stretches would not do: a place entered with a past `validFrom` makes another world of a stretch that has its number already.
    const version = hashOf([...ofPlaces.map(({ id, fromAt }) => `${id} ${fromAt}`), ...ofLimits.map(({ rule, fromAt }) => `${rule} ${fromAt}`)]);
    return new World(version, places, new Map(limits), this.versions.utcOffset);
  }
}

/** FNV-1a over the sorted texts, 32 bits. */
function hashOf(texts: string[]): number {
  let hash = 0x811c9dc5;
  for (const character of texts.sort().join('\n')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

/** Of each id the version with the greatest `fromAt` not after `time`; of equal ones the later in the list. */
function inForce<V extends { fromAt: EpochMs }>(versions: readonly V[], idOf: (version: V) => string, time: EpochMs): V[] {
  const current = new Map<string, V>();
  for (const version of versions) {
    if (version.fromAt > time) continue;
    const known = current.get(idOf(version));
    if (!known || version.fromAt >= known.fromAt) current.set(idOf(version), version);
  }
  return [...current.values()];
}

function indexOf(places: readonly Place[]): Flatbush | null {
  if (places.length === 0) return null;
  const index = new Flatbush(places.length);
  for (const place of places) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of ringsOf(place.geometry)) {
      for (const [lon, lat] of ring as [number, number][]) {
        west = Math.min(west, lon);
        east = Math.max(east, lon);
        south = Math.min(south, lat);
        north = Math.max(north, lat);
      }
    }
    const margin = isWorkPlace(place) ? WORK_PLACE_MARGIN_M : 0;
    const [lonMargin, latMargin] = [margin / metresPerDegreeLon(Math.max(Math.abs(south), Math.abs(north))), margin / METRES_PER_DEGREE_LAT];
    index.add(west - lonMargin, south - latMargin, east + lonMargin, north + latMargin);
  }
  index.finish();
  return index;
}

export function isWorkPlace(place: Place): boolean {
  return place.kind === 'site' || place.kind === 'yard';
}

function zoneLast(place: Place): number {
  return place.kind === 'speed-zone' || place.kind === 'no-go' ? 1 : 0;
}
