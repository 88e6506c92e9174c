import { Injectable } from '@nestjs/common';
import { PREVIEW_DAYS, type PlaceFeature, type PlacePreview, type PlacePreviewBody } from '@muckwatch/contract';
import { boxOf, contains, DAY_MS, type EpochMs, noGo, SECOND_MS } from '@muckwatch/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Viewer } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import { RegistryStore } from '../fleet/registry.store.js';
import { PLACES } from '../fleet/resources.js';
import { cleaned, geometryFault } from '../fleet/ring-check.js';
import { faulty, noSuch, Refusal } from '../refusal.js';
import { type Box, type Near, PreviewStore, type TerminalOf, type Track } from './preview.store.js';
import { alertsOf, entriesOf, Tally } from './tally.js';
import { type Stay, StayReader } from './visits.js';

type Geometry = PlaceFeature['geometry'];

/** An answer comes about then, whole for the trucks that it is about: whoever waits sees it come, and may stop it. */
const AN_ANSWER_MS = 1_500;
const TERMINALS_AT_ONCE = 8;
/** A statement that took longer is followed by shorter ones: the embedded engine serves nobody else meanwhile. */
const LONG_MS = 100;
const SHORT_MS = 50;
/** By then the older reports are packed: terminal by terminal, where fresh ones lie as they came, each in another page of the file, and cost up to ten times as much. */
const PACKED_AFTER_MS = 4 * DAY_MS;
/** Reports a statement, at first and at most. */
const PACKED_PACE = { reports: 4_000, most: 8_000 };
const FRESH_PACE = { reports: 2_000, most: 3_000 };
const FEWEST = 500;
/** Whoever asked has gone; nobody reads it. */
const GONE = 499;

/** What a shape would have touched: from stored reports, beside the judging and without it. */
@Injectable()
export class PreviewService {
  readonly #running = new Map<string, AbortController>();
  /** As many reports a statement as the engine has lately borne. */
  readonly #packed = { ...PACKED_PACE };
  readonly #fresh = { ...FRESH_PACE };

  constructor(
    private readonly store: PreviewStore,
    private readonly registry: RegistryStore,
    private readonly fleet: FleetService,
  ) {}

  /** @throws Refusal 404 for a place that is not the viewer's, Faults for a shape that could not be saved either */
  async preview(viewer: Viewer, { geometry, id, after }: PlacePreviewBody, left: AbortSignal): Promise<PlacePreview> {
    const drawn = cleaned(geometry);
    const fault = geometryFault(drawn);
    if (fault) throw faulty('geometry', fault);
    const place = id ? await this.registry.one(PLACES, viewer.scope, id) : null;
    if (id && !place) throw noSuch('place', id);

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
      const tracks = page.map(({ source }): Track => ({ source, since: from, last: null }));
      const packedUntil = to - PACKED_AFTER_MS;
      for (const stretch of [
        { until: packedUntil, pace: this.#packed },
        { until: to, pace: this.#fresh },
      ]) {
        // prettier-ignore
        for await (const near of this.#near(tracks, box, stretch, signal)) {
          looked.reports += near.length;
          for (const report of near) if (mine.has(report.truckId)) for (const each of readers) each.put(report);
        }
      }
      await this.#count(scope, tallies, readers, mine, { from, to });
      looked.trucks += new Set(page.map(({ truckId }) => truckId)).size;
      const last = page.at(-1)!.truckId;
      if (performance.now() > answerAt && last !== left.at(-1)!.truckId) return { looked, next: last };
    }
    return { looked, next: null };
  }

  /** Reads the tracks on up to a time, some reports of each at once: as many as the engine bears. The embedded one is left to others for half as long as it took. */
  async *#near(tracks: Track[], box: Box, { until, pace }: { until: EpochMs; pace: Pace }, signal: AbortSignal): AsyncGenerator<Near[], void, undefined> {
    for (let left = tracks; left.length > 0;) {
      mustBeThere(signal);
      const most = Math.ceil(pace.reports / left.length);
      const began = performance.now();
      const near = await this.store.near(left, box, until, most);
      const took = performance.now() - began;
      if (took > LONG_MS) pace.reports = Math.max(FEWEST, pace.reports / 2);
      else if (took < SHORT_MS) pace.reports = Math.min(pace.most, pace.reports * 1.5);

      const lasts = new Map(near.map((report) => [report.source, report]));
      for (const track of left) {
        const last = lasts.get(track.source);
        if (last) Object.assign(track, { since: last.at, last: last.point });
      }
      left = left.filter(({ source }) => (lasts.get(source)?.read ?? 0) >= most);
      yield near;
      if (this.store.oneForAll) await sleep(took / 2);
    }
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

interface Pace {
  reports: number;
  most: number;
}

/** The stays of some terminals in one shape. */
class Readers {
  readonly #byTerminal = new Map<string, { truckId: string; reader: StayReader }>();

  constructor(
    private readonly geometry: Geometry,
    private readonly maxGapMs: number,
  ) {}

  put({ source, truckId, ...fix }: Near): void {
    const key = `${truckId} ${source}`;
    let of = this.#byTerminal.get(key);
    if (!of) this.#byTerminal.set(key, (of = { truckId, reader: new StayReader(this.geometry, this.maxGapMs) }));
    of.reader.add(fix);
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
  if (signal.aborted) throw new Refusal(GONE, { en: 'The preview was given up.', zh: '预览已放弃。' });
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
