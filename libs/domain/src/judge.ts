import { tick } from './advance.js';
import type { Faults, FoundAlert, PlacedFinding } from './findings.js';
import type { Doubt } from './doubt.js';
import type { Haul } from './haul.js';
import { compareReports, type Report } from './report.js';
import type { AnyRule } from './rules/index.js';
import { see, type SeeHow, type SightingOf } from './see.js';
import { compareSightings } from './sighting.js';
import type { TruckState } from './state.js';
import { take } from './take.js';
import { type EpochMs, HOUR_MS } from './time.js';
import type { Truck } from './truck.js';
import type { WorldHistory } from './world.js';

/** One thing of the log of a truck: a report with the doubt it was stored with, or a sighting. */
export type Logged = { kind: 'report'; report: Report; doubt: Doubt | null } | ({ kind: 'sighting' } & SightingOf);

/** The order in which the log is judged: by time; of one time the reports first. */
export function compareLogged(a: Logged, b: Logged): number {
  const [atA, atB] = [timeOf(a), timeOf(b)];
  if (atA !== atB) return atA - atB;
  if (a.kind === 'report') return b.kind === 'report' ? compareReports(a.report, b.report) : -1;
  return b.kind === 'report' ? 1 : compareSightings(a.sighting, b.sighting);
}

/** Judges a truck from a state on over its log in event order: what is then known, as if everything had come in order. */
export class Rejudging {
  /** Those found, and those that were open at the beginning. */
  readonly alerts = new Map<string, FoundAlert>();
  readonly hauls = new Map<string, Haul>();
  /** The last state of each hour gone through, by the hour's beginning. */
  readonly checkpoints = new Map<EpochMs, TruckState>();
  /** Reports whose doubt is another now. */
  readonly doubts: { report: Report; doubt: Doubt | null }[] = [];
  readonly faults: Faults = [];
  count = 0;
  #state: TruckState;
  /** Sightings from while it is not settled where the truck is: they are judged when it is. */
  #waiting: SightingOf[] = [];

  constructor(
    from: TruckState,
    private readonly by: { truckAt: (at: EpochMs) => Truck | null; worlds: WorldHistory; rules: readonly AnyRule[] },
  ) {
    this.#state = from;
    for (const episode of from.episodes) this.alerts.set(episode.id, { ...episode, ended: null, opened: false });
  }

  get state(): TruckState {
    return this.#state;
  }

  /** The next of the log; what the state knows already is passed over. Sightings up to 120 s older than the state may be offered too: it need not know them. */
  offer(logged: Logged): void {
    this.count++;
    if (logged.kind === 'report') this.#report(logged.report, logged.doubt);
    else if (this.#state.doubted.length > 0) this.#waiting.push(logged);
    else this.#sighting(logged, 'live');
  }

  /** The end of the log: what was still to be settled is judged as it stands. */
  finish(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const sighting of waiting) this.#sighting(sighting, 'however-old');
  }

  /** The present, after the log. */
  tick(at: EpochMs): void {
    this.finish();
    const truck = this.by.truckAt(at);
    if (!truck) return;
    const { state, findings, faults } = tick(this.#state, at, truck, this.by.worlds.at(at), this.by.rules);
    this.#goOn(state, findings, faults);
  }

  #report(report: Report, stored: Doubt | null): void {
    const truck = this.by.truckAt(report.at);
    if (!truck) return;
    const taken = take(this.#state, report, { truck, worlds: this.by.worlds, rules: this.by.rules });
    if (taken.kind === 'doubted') {
      if (taken.doubt !== stored) this.doubts.push({ report, doubt: taken.doubt });
      this.#state = taken.state;
    }
    if (taken.kind !== 'believed') return;
    for (const believed of taken.rehabilitated) this.doubts.push({ report: believed, doubt: null });
    if (stored !== null) this.doubts.push({ report, doubt: null });
    for (const { state, findings, faults, haul } of taken.steps) {
      if (haul) this.hauls.set(haul.id, haul);
      this.#goOn(state, findings, faults);
    }
    this.finish();
    this.checkpoints.set(Math.floor(report.at / HOUR_MS) * HOUR_MS, this.#state);
  }

  #sighting(sighting: SightingOf, how: SeeHow): void {
    const seen = see(this.#state, sighting, this.by.rules, how);
    if (seen.kind === 'seen') this.#goOn(seen.state, seen.findings, seen.faults);
  }

  #goOn(state: TruckState, findings: PlacedFinding[], faults: Faults): void {
    this.#state = state;
    this.faults.push(...faults);
    for (const finding of findings) {
      const first = this.alerts.get(finding.id);
      const { foundAt, point, haulId, siteId, incident } = first ?? { ...finding, foundAt: finding.at };
      this.alerts.set(finding.id, { ...finding, foundAt, point, haulId, siteId, incident, opened: first?.opened ?? finding.opened });
    }
  }
}

function timeOf(logged: Logged): EpochMs {
  return logged.kind === 'report' ? logged.report.at : logged.sighting.at;
}
