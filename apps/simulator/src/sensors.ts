import type { City } from './city.js';
import type { Terminal, Truck } from './fleet.js';
import { cityTime } from './hours.js';
import { BED_SWITCH_DEG } from './phase.js';
import type { TruckState } from './phase.js';
import { toLonLat } from './plane.js';
import type { Random } from './random.js';
import type { WireReport } from './report.js';
import type { EpochMs } from './truth.js';

const { exp, max, min, round, sqrt } = Math;

/** Shares of the rated load: noise of one reading, slow drift, and how rarely a reading is nonsense. */
const LOAD_NOISE = 0.01;
const LOAD_DRIFT = 0.005;
const SPIKE_SHARE = 0.002;
/** A field that this terminal usually says is missing from one report in so many. */
const MISSING_SHARE = 0.004;
const FORGETTABLE = ['speedKmh', 'headingDeg', 'accuracyM', 'satellites', 'altitudeM', 'odometerKm', 'loadKg'] as const;

/** What a truck's sensors make of how it is: satellite error that wanders, a load cell that drifts, an angle sensor fitted askew. */
export class Sensors {
  private errorX = 0;
  private errorY = 0;
  private spreadM = 3;
  private loadDrift = 0;
  private headingDeg = 0;
  private seq: number;
  private last: EpochMs | null = null;
  private readonly terminal: Terminal;

  constructor(
    private readonly truck: Truck,
    private readonly city: City,
    private readonly random: Random,
  ) {
    this.terminal = truck.terminal;
    this.seq = truck.terminal.seq;
  }

  read(state: TruckState, at: EpochMs): WireReport {
    this.wander(state, this.last === null ? 600 : max(1, (at - this.last) / 1000));
    this.last = at;
    const { says } = this.terminal;
    const [lon, lat] = toLonLat({ x: state.x + this.errorX, y: state.y + this.errorY });
    const moving = state.speedKmh > 3;
    if (moving) this.headingDeg = (state.headingDeg + this.random.normal(1.5) + 360) % 360;
    const report: WireReport = { time: this.terminal.clock === 'iso' ? cityTime(at) : at, lat, lon };
    report.speedKmh = moving ? round1(max(0, state.speedKmh + this.random.normal(0.4))) : this.random.chance(0.1) ? 0.3 : 0;
    report.headingDeg = round(this.headingDeg) % 360;
    if (says.altitude) report.altitudeM = round(78 + state.y / 400 + this.errorX);
    if (says.accuracy) report.accuracyM = round1(max(1.5, this.spreadM * 1.7 + this.random.normal(0.4)));
    if (says.satellites) report.satellites = max(5, round(20 - this.spreadM * 1.8 + this.random.normal(1)));
    report.ignition = state.ignition;
    if (says.odometer) report.odometerKm = round1(this.terminal.odometerKm + state.drivenKm);
    this.readBed(state, report);
    report.cover = state.coverOpen ? 'open' : 'closed';
    this.readLoad(state, report);
    if (says.seq) report.seq = this.seq++;
    if (this.random.chance(MISSING_SHARE)) forget(report, this.random);
    return report;
  }

  private readBed(state: TruckState, report: WireReport): void {
    if (this.terminal.bed !== 'angle') report.bed = state.bedDeg >= BED_SWITCH_DEG ? 'raised' : 'down';
    if (this.terminal.bed !== 'switch') report.bedAngleDeg = round1(min(90, max(-10, state.bedDeg + this.terminal.bedOffsetDeg + this.random.normal(0.25))));
  }

  private readLoad(state: TruckState, report: WireReport): void {
    const rated = this.truck.ratedLoadKg;
    if (this.terminal.load === 'state') {
      report.loadState = state.loadKg >= 0.55 * rated ? 'full' : state.loadKg >= 0.2 * rated ? 'half' : 'empty';
      return;
    }
    const spike = this.random.chance(SPIKE_SHARE) ? rated * this.random.between(0.15, 0.4) * (this.random.chance(0.5) ? 1 : -1) : 0;
    const read = state.loadKg + this.loadDrift * rated + this.random.normal(LOAD_NOISE * rated) + spike;
    report.loadKg = max(-5000, round(read / 10) * 10);
  }

  /** The error of the fix forgets itself in a minute of driving, in five of standing; between houses it is larger. */
  private wander(state: TruckState, seconds: number): void {
    const wantedM = 2.3 + 2.4 * this.city.terrain.urbanity(state);
    this.spreadM = min(6, max(1.8, this.spreadM + (wantedM - this.spreadM) * min(1, seconds / 60) + this.random.normal(0.15)));
    const kept = exp(-seconds / (state.speedKmh > 3 ? 60 : 300));
    const fresh = this.spreadM * 0.75 * sqrt(1 - kept * kept);
    this.errorX = this.errorX * kept + this.random.normal(fresh);
    this.errorY = this.errorY * kept + this.random.normal(fresh);
    const driftKept = exp(-seconds / 7200);
    this.loadDrift = this.loadDrift * driftKept + this.random.normal(LOAD_DRIFT * sqrt(1 - driftKept * driftKept));
  }
}

/** Half of the terminals that do not know a thing leave it out, half say null. */
function forget(report: WireReport, random: Random): void {
  const field = random.pick(FORGETTABLE);
  if (report[field] === undefined) return;
  if (random.chance(0.5)) delete report[field];
  else report[field] = null;
}

function round1(n: number): number {
  return round(n * 10) / 10;
}
