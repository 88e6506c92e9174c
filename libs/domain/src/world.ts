import type { RuleCode } from './alert.js';
import { borderDistanceM, contains } from './geo.js';
import type { UtcOffset } from './hours.js';
import type { Limits } from './limits.js';
import type { Permit } from './permit.js';
import { PermitIndex } from './permit-index.js';
import { exists, type Place } from './place.js';
import { type Hits, PlaceIndex } from './place-index.js';
import type { Point } from './report.js';
import type { Route } from './route.js';
import { type OffRoute, RouteIndex } from './route-index.js';
import type { EpochMs } from './time.js';

/** Places, routes, permits and limits as they stood during one stretch of time. Immutable: an edit makes another world. */
export class World {
  readonly #limits = new Map<RuleCode, Limits>();

  constructor(
    /** The same for the same places, routes, permits and limits, another for others. */
    readonly version: number,
    private readonly indexes: { places: PlaceIndex; permits: PermitIndex; routes: RouteIndex },
    private readonly limitsByRule: ReadonlyMap<RuleCode, Limits>,
    readonly utcOffset: UtcOffset,
  ) {}

  get places(): readonly Place[] {
    return this.indexes.places.places;
  }

  place(id: string): Place | undefined {
    return this.indexes.places.get(id);
  }

  permit(id: string): Permit | undefined {
    return this.indexes.permits.get(id);
  }

  route(id: string): Route | undefined {
    return this.indexes.routes.get(id);
  }

  /** What a point lies in. */
  hits(point: Point): Hits {
    return this.indexes.places.hits(point);
  }

  /** Forbidden zones whose box the straight line's box meets. */
  noGoAlong(from: Point, to: Point): Place[] {
    return this.indexes.places.noGoAlong(from, to);
  }

  /** The permits in force for a truck: those that name it, and those of its company that name no truck. Their hours do not matter. */
  permitsOf(truck: { id: string; companyId: string }, at: EpochMs): readonly Permit[] {
    return this.indexes.permits.of(truck, at);
  }

  /** The permits in force of a company, whichever of its trucks they name. */
  permitsOfCompany(companyId: string, at: EpochMs): readonly Permit[] {
    return this.indexes.permits.ofCompany(companyId, at);
  }

  /** Metres from the point to the nearest edge of these routes, 0 or less on one, or to the first within `enoughM`; null where none of them exists at the time. */
  offRouteM(routeIds: readonly string[], point: Point, at: EpochMs, enoughM?: number): OffRoute | null {
    return this.indexes.routes.offM(routeIds, point, at, enoughM);
  }

  exists(place: Place, at: EpochMs): boolean {
    return exists(place, at, this.utcOffset);
  }

  /** The nearest existing place within `maxM` metres and its distance, 0 inside. Of equally near ones zones come last: «in yard A» says more than «in zone B». */
  nearest(point: Point, at: EpochMs, maxM = 5_000): { place: Place; distanceM: number } | null {
    const near = this.indexes.places
      .around(point, maxM)
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

/** A route, as `PlaceVersion`. */
export interface RouteVersion {
  id: string;
  fromAt: EpochMs;
  route: Route | null;
}

/** A permit, as `PlaceVersion`. */
export interface PermitVersion {
  id: string;
  fromAt: EpochMs;
  permit: Permit | null;
}

/** A city's own limits of a rule from a time on; null: back to the defaults. */
export interface LimitsVersion {
  rule: RuleCode;
  fromAt: EpochMs;
  limits: Limits | null;
}

export interface WorldVersions {
  places: readonly PlaceVersion[];
  routes?: readonly RouteVersion[];
  permits?: readonly PermitVersion[];
  limits: readonly LimitsVersion[];
  utcOffset: UtcOffset;
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

  readonly #indexes: Indexes;

  /** `before` is the history that this one follows: what has not changed since need not be indexed again. */
  constructor(
    private readonly versions: WorldVersions,
    before: WorldHistory | null = null,
  ) {
    const { places, routes = [], permits = [], limits } = versions;
    const times = [places, routes, permits, limits].flatMap((list) => list.map((version) => version.fromAt));
    this.#changes = [...new Set([-Infinity, ...times])].sort((a, b) => a - b);
    this.#indexes = before
      ? before.#indexes
      : {
          places: new Made((places) => new PlaceIndex(places)),
          permits: new Made((permits) => new PermitIndex(permits)),
          routes: new Made((routes) => new RouteIndex(routes)),
        };
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

  /** The same worlds as if these limits had always been in force; rules that are not named keep theirs. */
  withLimits(limits: ReadonlyMap<RuleCode, Limits>): WorldHistory {
    const others = this.versions.limits.filter(({ rule }) => !limits.has(rule));
    const tried = [...limits].map(([rule, own]): LimitsVersion => ({ rule, fromAt: -Infinity, limits: own }));
    return new WorldHistory({ ...this.versions, limits: [...others, ...tried] }, this);
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
    const byId = (version: { id: string }) => version.id;
    const places = inForce(this.versions.places, byId, time);
    const routes = inForce(this.versions.routes ?? [], byId, time);
    const permits = inForce(this.versions.permits ?? [], byId, time);
    const limits = inForce(this.versions.limits, (version) => version.rule, time);
    // Counting stretches would not do: a place entered with a past `validFrom` makes another world of a stretch that has its number already.
    const version = hashOf([
      ...places.map(({ id, fromAt }) => `${id} ${fromAt}`),
      ...routes.map(({ id, fromAt }) => `route ${id} ${fromAt}`),
      ...permits.map(({ id, fromAt }) => `permit ${id} ${fromAt}`),
      ...limits.map(({ rule, fromAt }) => `${rule} ${fromAt}`),
    ]);
    const indexes = {
      places: this.#indexes.places.of(places.flatMap((version) => version.place ?? [])),
      routes: this.#indexes.routes.of(routes.flatMap((version) => version.route ?? [])),
      permits: this.#indexes.permits.of(permits.flatMap((version) => version.permit ?? [])),
    };
    const own = limits.flatMap((version): [RuleCode, Limits][] => (version.limits ? [[version.rule, version.limits]] : []));
    return new World(version, indexes, new Map(own), this.versions.utcOffset);
  }
}

interface Indexes {
  places: Made<Place, PlaceIndex>;
  routes: Made<Route, RouteIndex>;
  permits: Made<Permit, PermitIndex>;
}

/** Indexes by what they are of: the very same things give the same index, so that a permit entered costs no new index of 2,000 places. */
class Made<Thing, Index> {
  readonly #made: { things: readonly Thing[]; index: Index }[] = [];

  constructor(private readonly make: (things: readonly Thing[]) => Index) {}

  of(things: readonly Thing[]): Index {
    const at = this.#made.findIndex((one) => one.things.length === things.length && one.things.every((thing, i) => thing === things[i]));
    const one = at < 0 ? { things, index: this.make(things) } : this.#made.splice(at, 1)[0]!;
    this.#made.push(one);
    if (this.#made.length > WORLDS_KEPT) this.#made.shift(); // the one asked for longest ago
    return one.index;
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

function zoneLast(place: Place): number {
  return place.kind === 'speed-zone' || place.kind === 'no-go' ? 1 : 0;
}
