import type { SentSighting } from './cameras.js';
import type { Fleet, Truck } from './fleet.js';
import { cityTime, HOUR_MS, MINUTE_MS } from './hours.js';
import { fromLonLat, toLonLat } from './plane.js';
import { Random } from './random.js';
import type { WireReport } from './report.js';
import { Heap } from './routes.js';
import type { Day, Sent } from './simulate.js';
import { EVIDENCE, spoiledBy } from './spoiled.js';
import type { Traces } from './spoiled.js';
import type { EpochMs, Truth } from './truth.js';

/** How bad the field is: shares of 1, metres, seconds, and shares of the rated load. */
export const FIELD = {
  /** Of batches: never heard, and heard minutes to hours later. */
  lost: 0.01,
  late: 0.05,
  /** Of reports. */
  missing: 0.1,
  /** Of batches whose reports come in any order. */
  shuffled: 0.3,
  /** Of what bed, cover, load and odometer say: nothing at all, or that the sensor is broken. Half of it in spells of some minutes. */
  unsaid: 0.1,
  gnssM: 5,
  /** Of reports, in spells of a few, that are as far off as this; the terminal knows and says so. */
  excursions: 0.01,
  excursionM: 50,
  /** What the scale errs by, all in all. The made scales err by a part of it already. */
  loadNoise: 0.015,
  clockErrorS: 30,
};

/** Live reports go up some at a time: a minute of driving. A parked terminal sends what it says at once. */
const BATCH = 6;
const BATCH_MOST_MS = 90_000;
const LATE_MS = [3 * MINUTE_MS, 5 * HOUR_MS] as const;
/** Between two batches that are lost or late so many are neither: a hole that opens for more than two minutes would be a deed of nobody's. */
const SPARED = 2;
const MADE_LOAD_NOISE = 0.01;
const SPELL_REPORTS = 12;
const EXCURSION_REPORTS = 3;
const DEGRADED = ['bed', 'cover', 'load', 'odometer'] as const;

export interface DisorderedDay {
  /** Arrays of reports in the order of `at`. Made while it is read. */
  sent: Generator<Sent, void, undefined>;
  /** Complete, and in the order of `at`, when `sent` has been read to its end. */
  sightings: SentSighting[];
  /** The truths of the day, each with why it is `spoiled` or null; there when `sent` has been read to its end. */
  truth: Truth[];
}

/** A day as the field makes it: some lost, some late, some wrong. Pure: the same seed gives the same disorder. */
export function disorder(day: Pick<Day, 'sent' | 'sightings' | 'truth'>, fleet: Fleet, seed: number, field: Partial<typeof FIELD> = {}): DisorderedDay {
  const run = new Disorder(day, fleet, new Random(`disorder ${seed}`), { ...FIELD, ...field });
  return { sent: run.packets(), sightings: run.sightings, truth: run.truth };
}

/** One terminal in the field. */
interface Sender {
  number: number;
  truck: Truck;
  random: Random;
  batch: WireReport[];
  batchFrom: EpochMs;
  /** Seconds by which its clock is wrong. */
  clockErrorS: number;
  spared: number;
  errorX: number;
  errorY: number;
  excursion: { left: number; x: number; y: number };
  spells: Record<(typeof DEGRADED)[number], number>;
}

class Disorder {
  readonly sightings: SentSighting[] = [];
  readonly truth: Truth[] = [];
  private readonly senders: Map<string, Sender>;
  private readonly traces: Traces = { reports: new Map(), sightings: [] };
  private readonly waiting = new Map<number, Sent>();
  private readonly agenda = new Heap();
  private readonly closing = new Heap();
  private readonly inOrder: Sender[];
  private number = 0;

  constructor(
    private readonly day: Pick<Day, 'sent' | 'sightings' | 'truth'>,
    fleet: Fleet,
    private readonly random: Random,
    private readonly field: typeof FIELD,
  ) {
    this.inOrder = fleet.trucks.map((truck, i) => makeSender(i, truck, random.fork(truck.terminal.id), field));
    this.senders = new Map(this.inOrder.map((sender) => [sender.truck.terminal.id, sender]));
  }

  *packets(): Generator<Sent, void, undefined> {
    for (const { at, terminalId, payload } of this.day.sent) {
      yield* this.until(at);
      const sender = this.senders.get(terminalId)!;
      for (const report of [payload].flat()) {
        if (sender.batch.length === 0) this.open(sender, at);
        sender.batch.push(report);
        if (sender.batch.length >= BATCH || report.ignition === false) this.dispatch(sender, at);
      }
      this.lookAtSightings();
    }
    yield* this.until(Infinity);
    this.lookAtSightings();
    this.sightings.sort((a, b) => a.at - b.at);
    this.truth.push(...this.day.truth.map((truth) => ({ ...truth, spoiled: spoiledBy(truth, this.traces) })));
  }

  /** All that is due by then, in order: batches that wait no longer, and packets on their way. */
  private *until(at: EpochMs): Generator<Sent, void, undefined> {
    while (this.closing.size + this.agenda.size > 0 && Math.min(this.closing.peekCost(), this.agenda.peekCost()) <= at) {
      if (this.closing.peekCost() < this.agenda.peekCost()) {
        const { cost, item } = this.closing.pop()!;
        const sender = this.inOrder[item]!;
        // It may have been sent meanwhile, being full, and another begun.
        if (sender.batch.length > 0 && sender.batchFrom + BATCH_MOST_MS === cost) this.dispatch(sender, cost);
      } else {
        const { item } = this.agenda.pop()!;
        const sent = this.waiting.get(item)!;
        this.waiting.delete(item);
        yield sent;
      }
    }
  }

  private open(sender: Sender, at: EpochMs): void {
    sender.batchFrom = at;
    this.closing.push(at + BATCH_MOST_MS, sender.number);
  }

  /** Sends what the batch has become, or loses it. */
  private dispatch(sender: Sender, at: EpochMs): void {
    const { random } = sender;
    const { id } = sender.truck.terminal;
    const fate = sender.spared > 0 ? 1 : random.next();
    const [lost, late] = [fate < this.field.lost, fate >= this.field.lost && fate < this.field.lost + this.field.late];
    sender.spared = lost || late ? SPARED : Math.max(0, sender.spared - 1);
    const delayMs = late ? Math.round(LATE_MS[0] * (LATE_MS[1] / LATE_MS[0]) ** random.next()) : 0;
    const told: WireReport[] = [];
    for (const report of sender.batch) {
      const missing = lost || random.chance(this.field.missing);
      const { worse, evidence } = this.worsen(report, sender);
      this.trace(id, timeOf(report), missing ? 0 : evidence);
      if (!missing) told.push(late ? { ...worse, buffered: true } : worse);
    }
    sender.batch = [];
    if (told.length === 0) return;
    this.waiting.set(this.number, { at: at + delayMs, terminalId: id, payload: random.chance(this.field.shuffled) ? random.shuffled(told) : told });
    this.agenda.push(at + delayMs, this.number++);
  }

  private trace(terminalId: string, at: EpochMs, evidence: number): void {
    let mine = this.traces.reports.get(terminalId);
    if (!mine) this.traces.reports.set(terminalId, (mine = { at: [], evidence: [] }));
    mine.at.push(at);
    mine.evidence.push(evidence);
  }

  /** The report as a worse terminal says it, and what can still be known from it. */
  private worsen(report: WireReport, sender: Sender): { worse: WireReport; evidence: number } {
    const { random, truck } = sender;
    const worse: WireReport = { ...report };
    let evidence = EVIDENCE.heard | EVIDENCE.place;
    if (this.misplace(worse, sender)) evidence &= ~EVIDENCE.place;
    const at = timeOf(report) + sender.clockErrorS * 1000;
    worse.time = typeof report.time === 'number' ? at : cityTime(at);
    if (worse.loadKg != null) {
      const more = Math.sqrt(Math.max(0, this.field.loadNoise ** 2 - MADE_LOAD_NOISE ** 2));
      worse.loadKg = Math.max(-5000, Math.round((worse.loadKg + random.normal(more * truck.ratedLoadKg)) / 10) * 10);
    }
    for (const sensor of DEGRADED) {
      if (this.unsaid(sender, sensor)) silence(worse, sensor, random.chance(0.5));
      else if (says(worse, sensor)) evidence |= EVIDENCE[sensor];
    }
    return { worse, evidence };
  }

  /** True when the fix is so far off that nothing can be said of the place. */
  private misplace(report: WireReport, sender: Sender): boolean {
    const { random, excursion } = sender;
    const kept = 0.7;
    const fresh = this.field.gnssM * 0.7 * Math.sqrt(1 - kept * kept);
    sender.errorX = sender.errorX * kept + random.normal(fresh);
    sender.errorY = sender.errorY * kept + random.normal(fresh);
    if (excursion.left === 0 && random.chance(this.field.excursions / EXCURSION_REPORTS)) {
      const angle = random.between(0, 2 * Math.PI);
      const farM = this.field.excursionM * random.between(0.8, 1.2);
      sender.excursion = { left: random.whole(1, 2 * EXCURSION_REPORTS - 1), x: Math.cos(angle) * farM, y: Math.sin(angle) * farM };
    }
    const off = sender.excursion.left > 0 ? sender.excursion : null;
    if (off) off.left--;
    const truly = fromLonLat([report.lon, report.lat]);
    [report.lon, report.lat] = toLonLat({ x: truly.x + sender.errorX + (off?.x ?? 0), y: truly.y + sender.errorY + (off?.y ?? 0) });
    if (off) report.accuracyM = Math.round(this.field.excursionM * random.between(1.1, 1.7));
    else if (report.accuracyM != null) report.accuracyM = Math.round((report.accuracyM + this.field.gnssM * random.between(0.6, 1.4)) * 10) / 10;
    return off !== null;
  }

  private unsaid(sender: Sender, sensor: (typeof DEGRADED)[number]): boolean {
    if (sender.spells[sensor] > 0) {
      sender.spells[sensor]--;
      return true;
    }
    const half = this.field.unsaid / 2;
    if (sender.random.chance(half / SPELL_REPORTS)) sender.spells[sensor] = sender.random.whole(SPELL_REPORTS / 2, SPELL_REPORTS * 1.5);
    return sender.random.chance(half);
  }

  private lookAtSightings(): void {
    while (this.day.sightings.length > 0) {
      const sent = this.day.sightings.shift()!;
      const fate = this.random.next();
      const lost = fate < this.field.lost;
      const late = !lost && fate < this.field.lost + this.field.late;
      const { time, plate, kind } = sent.payload;
      this.traces.sightings.push({ at: Date.parse(time), cameraId: sent.cameraId, plate: plate ?? null, kind, lost });
      if (!lost) this.sightings.push(late ? { ...sent, at: sent.at + Math.round(LATE_MS[0] * (LATE_MS[1] / LATE_MS[0]) ** this.random.next()) } : sent);
    }
  }
}

function makeSender(number: number, truck: Truck, random: Random, field: typeof FIELD): Sender {
  // Most clocks are set by the satellites; some terminals know nothing better than what somebody once typed.
  const clockErrorS = random.whole(-field.clockErrorS, field.clockErrorS);
  const drifts = random.chance(0.4);
  return {
    number,
    truck,
    random,
    batch: [],
    batchFrom: 0,
    clockErrorS: drifts ? clockErrorS : 0,
    spared: 0,
    errorX: 0,
    errorY: 0,
    excursion: { left: 0, x: 0, y: 0 },
    spells: { bed: 0, cover: 0, load: 0, odometer: 0 },
  };
}

/** The sensor says nothing, or that it is broken; a scale in kilograms, an angle and an odometer have no word for that. */
function silence(report: WireReport, sensor: (typeof DEGRADED)[number], broken: boolean): void {
  if (sensor === 'bed') {
    delete report.bedAngleDeg;
    if (report.bed != null && broken) report.bed = 'fault';
    else delete report.bed;
  }
  if (sensor === 'cover') {
    if (report.cover != null && broken) report.cover = 'fault';
    else delete report.cover;
  }
  if (sensor === 'load') {
    delete report.loadKg;
    if (report.loadState != null && broken) report.loadState = 'fault';
    else delete report.loadState;
  }
  if (sensor === 'odometer') delete report.odometerKm;
}

function says(report: WireReport, sensor: (typeof DEGRADED)[number]): boolean {
  if (sensor === 'bed') return report.bed != null || report.bedAngleDeg != null;
  if (sensor === 'load') return report.loadKg != null || report.loadState != null;
  return (sensor === 'cover' ? report.cover : report.odometerKm) != null;
}

function timeOf({ time }: WireReport): EpochMs {
  return typeof time === 'number' ? time : Date.parse(time);
}
