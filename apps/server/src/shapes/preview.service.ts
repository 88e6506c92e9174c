import { HttpException, Injectable, NotFoundException } from '@nestjs/common';
import { PREVIEW_DAYS, type PlaceFeature, type PlacePreview, type PlacePreviewBody } from '@muckwatch/contract';
import { boxOf, contains, DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, noGo, SECOND_MS } from '@muckwatch/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Viewer } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import { RegistryStore } from '../fleet/registry.store.js';
import { PLACES } from '../fleet/resources.js';
import { cleaned, geometryFault } from '../fleet/ring-check.js';
import { Faults } from '../problem.js';
import { type Box, type Near, PreviewStore, type TerminalOf } from './preview.store.js';
import { alertsOf, entriesOf, Tally } from './tally.js';
import { SILENCE_MS, type Stay, StayReader } from './visits.js';

type Geometry = PlaceFeature['geometry'];

/** An answer comes about then, whole for the trucks that it is about: whoever waits sees it come, and may stop it. */
const AN_ANSWER_MS = 1_500;
const TERMINALS_AT_ONCE = 8;
/** A statement that took longer is followed by shorter ones: the embedded engine serves nobody else meanwhile. */
const LONG_MS = 120;
const SHORT_MS = 40;
const [SHORTEST_SLICE_MS, LONGEST_SLICE_MS] = [15 * MINUTE_MS, PREVIEW_DAYS * DAY_MS];
/** Whoever asked has gone; nobody reads it. */
const GONE = 499;

/** What a shape would have touched: from stored reports, beside the judging and without it. */
@Injectable()
export class PreviewService {
  readonly #running = new Map<string, AbortController>();
  /** As long as the engine has lately borne it. */
  #sliceMs = 2 * HOUR_MS;

  constructor(
    private readonly store: PreviewStore,
    private readonly registry: RegistryStore,
    private readonly fleet: FleetService,
  ) {}

  /** @throws NotFoundException for a place that is not the viewer's, Faults for a shape that could not be saved either */
  async preview(viewer: Viewer, { geometry, id, after }: PlacePreviewBody, left: AbortSignal): Promise<PlacePreview> {
    const drawn = cleaned(geometry);
    const fault = geometryFault(drawn);
    if (fault) throw new Faults([{ path: 'geometry', message: fault }]);
    const place = id ? await this.registry.one(PLACES, viewer.scope, id) : null;
    if (id && !place) throw new NotFoundException(`There is no place ${id}.`);

    this.#running.get(viewer.accountId)?.abort();
    const own = new AbortController();
    this.#running.set(viewer.accountId, own);
    try {
      const present = place ? (place.feature as PlaceFeature).geometry : null;
      return await this.#look(viewer, drawn, present, after ?? null, AbortSignal.any([left, own.signal]));
    } finally {
      if (this.#running.get(viewer.accountId) === own) this.#running.delete(viewer.accountId);
    }
  }

  async #look(viewer: Viewer, drawn: Geometry, present: Geometry | null, after: string | null, signal: AbortSignal): Promise<PlacePreview> {
    const to = now();
    const from = to - PREVIEW_DAYS * DAY_MS;
    const tallies = [new Tally(drawn), ...(present ? [new Tally(present)] : [])];
    const box = tallies.map(({ geometry }) => boxOf(geometry)).reduce(both);

    for (let day = to; day > from && after === null; day -= DAY_MS) {
      mustBeThere(signal);
      for (const alert of await this.store.alerts(viewer.scope, box, day - DAY_MS, day))
        for (const tally of tallies) if (contains(tally.geometry, [alert.lon, alert.lat])) tally.alerts.push(alert);
    }
    const { looked, next } = await this.#lookAtTrucks(viewer, tallies, box, { from, to, after, signal });

    const [ofDrawn, ofPresent] = tallies as [Tally, Tally?];
    return {
      from: iso(from),
      to: iso(to),
      drawn: ofDrawn.touched,
      present: ofPresent?.touched ?? null,
      entries: entriesOf(ofDrawn, ofPresent),
      alerts: alertsOf(ofDrawn, ofPresent),
      looked,
      next,
    };
  }

  /** Some terminals at a time, each over the whole stretch: what is counted of a truck is whole. */
  async #lookAtTrucks(
    { scope }: Viewer,
    tallies: Tally[],
    box: Box,
    { from, to, after, signal }: { from: EpochMs; to: EpochMs; after: string | null; signal: AbortSignal },
  ): Promise<Pick<PlacePreview, 'looked' | 'next'>> {
    const terminals = (await this.store.terminals(scope)).sort((a, b) => order(a.truckId, b.truckId) || order(a.source, b.source));
    const mine = new Map(terminals.map(({ truckId, plate }) => [truckId, plate]));
    const left = terminals.filter(({ truckId }) => after === null || truckId > after);
    const answerAt = performance.now() + AN_ANSWER_MS;
    const maxGapMs = { ...noGo.limits, ...this.fleet.limits('no-go') }.crossMaxGapS * SECOND_MS;
    const looked = { trucks: 0, ofTrucks: mine.size, reports: 0 };

    for (const page of pagesOf(left)) {
      const readers = tallies.map(({ geometry }) => new Readers(geometry, maxGapMs));
      for (let at = from; at < to;) {
        mustBeThere(signal);
        const until = Math.min(to, at + this.#sliceMs);
        looked.reports += await this.#readSlice(page, box, { readFrom: Math.max(from, at - SILENCE_MS), at, until }, readers, mine);
        at = until;
      }
      await this.#count(scope, tallies, readers, mine, { from, to });
      looked.trucks += new Set(page.map(({ truckId }) => truckId)).size;
      const last = page.at(-1)!.truckId;
      if (performance.now() > answerAt && last !== left.at(-1)!.truckId) return { looked, next: last };
    }
    return { looked, next: null };
  }

  /** Reads from a silence before it on: what lies before is known, and the line that leads into the slice begins there. */
  async #readSlice(
    page: TerminalOf[],
    box: Box,
    { readFrom, at, until }: { readFrom: EpochMs; at: EpochMs; until: EpochMs },
    readers: Readers[],
    mine: ReadonlyMap<string, string>,
  ): Promise<number> {
    const sources = page.map(({ source }) => source);
    const near = await this.#paced(() => this.store.near(sources, box, readFrom, until));
    for (const report of near) if (mine.has(report.truckId)) for (const each of readers) each.put(report, at);
    return near.length;
  }

  /** Reads a slice, makes the next one as long as it may be, and leaves the engine to others for half as long as it took. */
  async #paced(read: () => Promise<Near[]>): Promise<Near[]> {
    const began = performance.now();
    const rows = await read();
    const took = performance.now() - began;
    if (took > LONG_MS) this.#sliceMs = Math.max(SHORTEST_SLICE_MS, this.#sliceMs / 2);
    else if (took < SHORT_MS) this.#sliceMs = Math.min(LONGEST_SLICE_MS, this.#sliceMs * 2);
    await sleep(took / 2);
    return rows;
  }

  async #count(
    scope: Viewer['scope'],
    tallies: Tally[],
    readers: Readers[],
    plates: ReadonlyMap<string, string>,
    { from, to }: { from: EpochMs; to: EpochMs },
  ): Promise<void> {
    const byTruck = readers.map((each) => each.staysByTruck);
    const truckIds = [...new Set(byTruck.flatMap((stays) => [...stays.keys()]))];
    const loads = truckIds.length === 0 ? [] : await this.store.loads(scope, truckIds, from, to);
    for (const [i, tally] of tallies.entries()) {
      tally.unsure += readers[i]!.unsure;
      for (const [truckId, stays] of byTruck[i]!) tally.stays.push(...stays.map((stay) => ({ truckId, plate: plates.get(truckId)!, stay })));
      for (const load of loads) tally.addLoad(load, byTruck[i]!.get(load.truckId) ?? [], to);
    }
  }
}

/** The stays of some terminals in one shape. */
class Readers {
  readonly #byTerminal = new Map<string, { truckId: string; reader: StayReader }>();

  constructor(
    private readonly geometry: Geometry,
    private readonly maxGapMs: number,
  ) {}

  /** What lies before the slice was mostly read with the one before. */
  put({ source, truckId, at, lon, lat, headingDeg }: Near, sliceFrom: EpochMs): void {
    const key = `${truckId} ${source}`;
    let of = this.#byTerminal.get(key);
    if (!of) this.#byTerminal.set(key, (of = { truckId, reader: new StayReader(this.geometry, this.maxGapMs) }));
    if (at >= sliceFrom || at > of.reader.lastAt) of.reader.add({ at, point: [lon, lat], headingDeg });
  }

  get unsure(): number {
    return [...this.#byTerminal.values()].reduce((sum, { reader }) => sum + reader.unsure, 0);
  }

  get staysByTruck(): Map<string, Stay[]> {
    const stays = new Map<string, Stay[]>();
    for (const { truckId, reader } of this.#byTerminal.values()) {
      if (reader.stays.length > 0) stays.set(truckId, [...(stays.get(truckId) ?? []), ...reader.stays]);
    }
    return stays;
  }
}

function mustBeThere(signal: AbortSignal): void {
  if (signal.aborted) throw new HttpException('The preview was given up.', GONE);
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

/** As `>` compares, whatever order the database has. */
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const both = (a: Box, b: Box): Box => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
