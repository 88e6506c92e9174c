import type { Stays } from '@muckwatch/contract';
import {
  type EpochMs,
  type LoadAnswer,
  type LoadState,
  MINUTE_MS,
  NO_LOAD,
  NOWHERE_YET,
  type Place,
  placeKnown,
  type Report,
  speeding,
  type StopState,
  stepLoad,
  stepStop,
  stepWhereabouts,
  type Stop,
  stopOf,
  type Truck,
  type Whereabouts,
  type World,
} from '@muckwatch/domain';

/** Nobody knows how long a state outlasted the last report that said it. */
const SILENCE_MS = 10 * MINUTE_MS;

type Limit = Pick<Stays['limits'][number], 'limitKmh' | 'of'>;
interface Span<T> {
  from: EpochMs;
  to: EpochMs;
  held: T;
}
export interface SpanOfVisit {
  from: EpochMs;
  to: EpochMs;
  place: Place;
}

/** What a truck's believed reports come to, as they are read in order of time: the same steps that judge them. Of doubted reports nothing is to be added. */
export class StaysReader {
  readonly stops: Stop[] = [];
  readonly visits: SpanOfVisit[] = [];
  readonly loads: Span<'loaded' | 'empty'>[] = [];
  readonly limits: Span<Limit>[] = [];
  #standing: StopState = null;
  #whereabouts: Whereabouts = NOWHERE_YET;
  #open = new Map<string, { from: EpochMs; place: Place }>();
  #load: LoadState = NO_LOAD;
  #last: EpochMs | null = null;

  add(report: Report, truck: Truck | null, world: World): void {
    const stop = stepStop(this.#standing, report);
    this.#standing = stop.standing;
    if (stop.ended) this.stops.push(stop.ended);

    this.#load = stepLoad(this.#load, report, truck?.ratedLoadKg ?? null);
    const load = this.#load.answer;
    if (load !== 'unknown') extend(this.loads, report.at, load, this.#last);

    const { within } = world.hits(report.point);
    this.#visit(report, within, world);
    if (placeKnown(report)) {
      const limit = limitOf(load, within, report.at, world);
      if (limit) extend(this.limits, report.at, limit, this.#last);
    }
    this.#last = report.at;
  }

  /** After the last report: what lasts ends with it, for all that is known. */
  end(): void {
    const stop = stopOf(this.#standing);
    if (stop) this.stops.push(stop);
    for (const id of [...this.#open.keys()]) this.#leave(id, this.#last!);
    this.visits.sort((a, b) => a.from - b.from || a.to - b.to);
  }

  #visit(report: Report, within: Place[], world: World): void {
    const { whereabouts, transitions } = stepWhereabouts(this.#whereabouts, report, within, world);
    const inside = new Set(whereabouts.visits.map(({ placeId }) => placeId));
    for (const id of [...this.#open.keys()]) {
      // Without a transition the place itself went: an edit, or its hours.
      if (!inside.has(id)) this.#leave(id, transitions.find(({ kind, placeId }) => kind === 'exit' && placeId === id)?.at ?? report.at);
    }
    for (const { placeId, enteredAt } of whereabouts.visits) {
      const place = world.place(placeId);
      if (!this.#open.has(placeId) && place) this.#open.set(placeId, { from: enteredAt, place });
    }
    this.#whereabouts = whereabouts;
  }

  #leave(id: string, to: EpochMs): void {
    this.visits.push({ ...this.#open.get(id)!, to });
    this.#open.delete(id);
  }
}

/** As the rule `speeding` has it: the lowest zone's, else the truck's own. */
function limitOf(load: LoadAnswer, within: readonly Place[], at: EpochMs, world: World): Limit | null {
  const zones = within.filter((place) => place.kind === 'speed-zone' && place.limitKmh !== null && world.exists(place, at));
  if (zones.length > 0) return { limitKmh: Math.min(...zones.map(({ limitKmh }) => limitKmh!)), of: 'zone' };
  if (load === 'unknown') return null;
  const { loadedKmh, emptyKmh } = world.limits('speeding', speeding.limits);
  return { limitKmh: load === 'loaded' ? loadedKmh : emptyKmh, of: load };
}

/** The last span goes on where it held at the report before and holds still; else another begins, and the one before reaches up to it. */
function extend<T>(spans: Span<T>[], at: EpochMs, held: T, before: EpochMs | null): void {
  const last = spans.at(-1);
  const joined = last !== undefined && last.to === before && at - last.to <= SILENCE_MS;
  if (joined) last.to = at;
  if (!joined || !same(last.held, held)) spans.push({ from: at, to: at, held });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
