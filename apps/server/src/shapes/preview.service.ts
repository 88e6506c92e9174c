import { HttpException, Injectable, NotFoundException } from '@nestjs/common';
import { PREVIEW_DAYS, type PlaceFeature, type PlacePreview, type PlacePreviewBody } from '@muckwatch/contract';
import { boxOf, contains, DAY_MS, type EpochMs, HOUR_MS, METRES_PER_DEGREE_LAT, metresPerDegreeLon, MINUTE_MS } from '@muckwatch/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Viewer } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { RegistryStore } from '../fleet/registry.store.js';
import { PLACES } from '../fleet/resources.js';
import { cleaned, geometryFault } from '../fleet/ring-check.js';
import { Faults } from '../problem.js';
import { type Box, type Near, PreviewStore, type TerminalOf } from './preview.store.js';
import { alertsOf, entriesOf, Tally } from './tally.js';
import { type Stay, StayReader } from './visits.js';

type Geometry = PlaceFeature['geometry'];

/** A preview takes no longer; what it has not looked at by then it says. */
const LONGEST_MS = 10_000;
const TERMINALS_AT_ONCE = 8;
/** A statement that took longer is followed by shorter ones: the embedded engine serves nobody else meanwhile. */
const LONG_MS = 120;
const SHORT_MS = 40;
const [SHORTEST_SLICE_MS, LONGEST_SLICE_MS] = [5 * MINUTE_MS, DAY_MS];
/** A truck that leaves is seen outside before it leaves the box: at 60 km/h and a report each 30 s it goes 500 m. */
const MARGIN_M = 500;
/** Whoever asked has gone; nobody reads it. */
const GONE = 499;

/** What a shape would have touched: from stored reports, beside the judging and without it. */
@Injectable()
export class PreviewService {
  readonly #running = new Map<string, AbortController>();

  constructor(
    private readonly store: PreviewStore,
    private readonly registry: RegistryStore,
  ) {}

  /** @throws NotFoundException for a place that is not the viewer's, Faults for a shape that could not be saved either */
  async preview(viewer: Viewer, { geometry, id }: PlacePreviewBody, left: AbortSignal): Promise<PlacePreview> {
    const drawn = cleaned(geometry);
    const fault = geometryFault(drawn);
    if (fault) throw new Faults([{ path: 'geometry', message: fault }]);
    const place = id ? await this.registry.one(PLACES, viewer.scope, id) : null;
    if (id && !place) throw new NotFoundException(`There is no place ${id}.`);

    this.#running.get(viewer.accountId)?.abort();
    const own = new AbortController();
    this.#running.set(viewer.accountId, own);
    try {
      return await this.#look(viewer, drawn, place ? (place.feature as PlaceFeature).geometry : null, AbortSignal.any([left, own.signal]));
    } finally {
      if (this.#running.get(viewer.accountId) === own) this.#running.delete(viewer.accountId);
    }
  }

  async #look(viewer: Viewer, drawn: Geometry, present: Geometry | null, signal: AbortSignal): Promise<PlacePreview> {
    const to = now();
    const from = to - PREVIEW_DAYS * DAY_MS;
    const tallies = [new Tally(drawn), ...(present ? [new Tally(present)] : [])];
    const box = tallies.map(({ geometry }) => boxOf(geometry)).reduce(both);

    for (let day = to; day > from; day -= DAY_MS) {
      mustBeThere(signal);
      for (const alert of await this.store.alerts(viewer.scope, box, day - DAY_MS, day))
        for (const tally of tallies) if (contains(tally.geometry, [alert.lon, alert.lat])) tally.alerts.push(alert);
    }
    const looked = await this.#lookAtTrucks(viewer, tallies, box, { from, to, signal });

    const [ofDrawn, ofPresent] = tallies as [Tally, Tally?];
    return {
      from: iso(from),
      to: iso(to),
      drawn: ofDrawn.touched,
      present: ofPresent?.touched ?? null,
      entries: entriesOf(ofDrawn, ofPresent),
      alerts: alertsOf(ofDrawn, ofPresent),
      looked,
    };
  }

  /** Some terminals at a time, each over the whole stretch: what is counted of a truck is whole. */
  async #lookAtTrucks(
    { scope }: Viewer,
    tallies: Tally[],
    box: Box,
    { from, to, signal }: { from: EpochMs; to: EpochMs; signal: AbortSignal },
  ): Promise<PlacePreview['looked']> {
    const terminals = await this.store.terminals(scope);
    const mine = new Map(terminals.map(({ truckId, plate }) => [truckId, plate]));
    const giveUpAt = performance.now() + LONGEST_MS;
    const wide = widened(box);
    const looked = { trucks: 0, ofTrucks: mine.size, reports: 0 };
    const pace = { sliceMs: HOUR_MS };

    for (const page of pagesOf(terminals)) {
      const readers = tallies.map(() => new Map<string, StayReader>());
      for (let at = from; at < to;) {
        mustBeThere(signal);
        if (performance.now() > giveUpAt) return looked;
        const until = Math.min(to, at + pace.sliceMs);
        const near = await this.#paced(pace, () =>
          this.store.near(
            page.map(({ source }) => source),
            wide,
            at,
            until,
          ),
        );
        looked.reports += near.length;
        for (const report of near) if (mine.has(report.truckId)) put(report, tallies, readers);
        at = until;
      }
      await this.#count(scope, tallies, readers, mine, { from, to });
      looked.trucks += new Set(page.map(({ truckId }) => truckId)).size;
    }
    return looked;
  }

  /** Reads a slice, makes the next one as long as it may be, and leaves the engine to others for half as long as it took. */
  async #paced(pace: { sliceMs: number }, read: () => Promise<Near[]>): Promise<Near[]> {
    const began = performance.now();
    const rows = await read();
    const took = performance.now() - began;
    if (took > LONG_MS) pace.sliceMs = Math.max(SHORTEST_SLICE_MS, pace.sliceMs / 2);
    else if (took < SHORT_MS) pace.sliceMs = Math.min(LONGEST_SLICE_MS, pace.sliceMs * 2);
    await sleep(took / 2);
    return rows;
  }

  async #count(
    scope: Viewer['scope'],
    tallies: Tally[],
    readers: Map<string, StayReader>[],
    plates: Map<string, string>,
    { from, to }: { from: EpochMs; to: EpochMs },
  ): Promise<void> {
    const byTruck = readers.map(staysByTruck);
    const truckIds = [...new Set(byTruck.flatMap((stays) => [...stays.keys()]))];
    if (truckIds.length === 0) return;
    const loads = await this.store.loads(scope, truckIds, from, to);
    for (const [i, tally] of tallies.entries()) {
      for (const [truckId, stays] of byTruck[i]!) tally.stays.push(...stays.map((stay) => ({ truckId, plate: plates.get(truckId)!, stay })));
      for (const load of loads) tally.addLoad(load, byTruck[i]!.get(load.truckId) ?? [], to);
    }
  }
}

function mustBeThere(signal: AbortSignal): void {
  if (signal.aborted) throw new HttpException('The preview was given up.', GONE);
}

function put({ source, truckId, at, lon, lat }: Near, tallies: Tally[], readers: Map<string, StayReader>[]): void {
  const key = `${truckId} ${source}`;
  for (const [i, { geometry }] of tallies.entries()) {
    let reader = readers[i]!.get(key);
    if (!reader) readers[i]!.set(key, (reader = new StayReader()));
    reader.add(at, [lon, lat], contains(geometry, [lon, lat]));
  }
}

function staysByTruck(readers: Map<string, StayReader>): Map<string, Stay[]> {
  const stays = new Map<string, Stay[]>();
  for (const [key, reader] of readers) {
    const truckId = key.split(' ')[0]!;
    if (reader.stays.length > 0) stays.set(truckId, [...(stays.get(truckId) ?? []), ...reader.stays]);
  }
  return stays;
}

/** All terminals of a truck in one page. */
function* pagesOf(terminals: TerminalOf[]): Generator<TerminalOf[]> {
  let page: TerminalOf[] = [];
  for (const terminal of terminals) {
    if (page.length >= TERMINALS_AT_ONCE && page.at(-1)!.truckId !== terminal.truckId) {
      yield page;
      page = [];
    }
    page.push(terminal);
  }
  if (page.length > 0) yield page;
}

const both = (a: Box, b: Box): Box => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];

function widened([west, south, east, north]: Box): Box {
  const lat = MARGIN_M / METRES_PER_DEGREE_LAT;
  const lon = MARGIN_M / metresPerDegreeLon((south + north) / 2);
  return [west - lon, south - lat, east + lon, north + lat];
}
