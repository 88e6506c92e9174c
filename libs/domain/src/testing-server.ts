import type { PlacedFinding } from './findings.js';
import { compareLogged, type Logged, Rejudging } from './judge.js';
import type { Report } from './report.js';
import { see } from './see.js';
import { isCut, NEW_TRUCK, type TruckState } from './state.js';
import { type Judging, take } from './take.js';
import { type EpochMs, MINUTE_MS } from './time.js';

/** A sighting so much older than a checkpoint may not be in it. */
const SIGHTING_LATE_MS = 120_000;

type Told = Pick<PlacedFinding, 'id' | 'began' | 'ended' | 'severity' | 'evidence'>;

/** What the server does with what it hears: judges it as it comes, keeps a state each minute, so that there are many to begin from, and judges the truck again from before what came late. */
export class TestServer {
  readonly alerts = new Map<string, Told & { foundAt: EpochMs }>();
  #state: TruckState = NEW_TRUCK;
  #log = new Map<string, Logged>();
  #checkpoints: TruckState[] = [];
  #due: EpochMs | null = null;

  constructor(private readonly judging: Judging) {}

  hear(logged: Logged): void {
    if (this.#log.has(keyOf(logged))) return;
    this.#log.set(keyOf(logged), logged);
    if (logged.kind === 'report') this.#report(logged.report);
    else this.#sighting(logged);
  }

  /** What is due is judged again. */
  settle(): void {
    if (this.#due === null) return;
    this.#checkpoints = this.#checkpoints.filter(({ last }) => last!.at < this.#due!);
    const from = this.#checkpoints.at(-1) ?? NEW_TRUCK;
    const since = from.last?.at ?? -Infinity;
    this.#due = null;

    const rejudging = rejudgingFrom(from, this.judging);
    const reports = ({ kind }: Logged) => kind === 'report';
    const log = [...this.#log.values()].filter((logged) => timeOf(logged) >= since - (reports(logged) ? 0 : SIGHTING_LATE_MS));
    for (const logged of log.sort(compareLogged)) rejudging.offer(logged);
    rejudging.finish();
    if (rejudging.faults.length > 0) throw rejudging.faults[0]!.error;

    for (const { report, doubt } of rejudging.doubts) this.#store(report, doubt);
    this.#checkpoints.push(...[...rejudging.checkpoints.values()].map(stored));
    for (const [id, { foundAt }] of this.alerts) if (foundAt > since && !rejudging.alerts.has(id)) this.alerts.delete(id);
    for (const [id, alert] of rejudging.alerts) this.alerts.set(id, alert);
    this.#state = stored(rejudging.state);
  }

  /** What stands, each as one line, in an order of its own. */
  told(): string[] {
    return [...this.alerts.values()].map(lineOf).sort();
  }

  #report(report: Report): void {
    const taken = take(this.#state, report, this.judging);
    if (taken.kind === 'duplicate') return;
    if (taken.kind === 'late') return this.#mark(report.at);
    if (taken.outOfOrder) this.#mark(report.at);
    if (taken.kind === 'doubted') {
      this.#store(report, taken.doubt);
    } else {
      for (const believed of taken.rehabilitated) this.#store(believed, null);
      for (const step of taken.steps) {
        this.#tell(step.findings);
        if (step.misjudged !== null) this.#mark(step.misjudged);
      }
      const kept = this.#checkpoints.at(-1);
      const due = kept === undefined || report.at - kept.last!.at >= MINUTE_MS;
      if (due && isCut(taken.state)) this.#checkpoints.push(stored(taken.state));
    }
    this.#state = taken.kind === 'doubted' ? taken.state : stored(taken.state);
  }

  #sighting(logged: Extract<Logged, { kind: 'sighting' }>): void {
    const seen = see(this.#state, logged, this.judging.rules);
    if (seen.kind === 'known') return;
    if (seen.kind !== 'seen') return this.#mark(logged.sighting.at);
    this.#tell(seen.findings);
    if (seen.outOfOrder) this.#mark(logged.sighting.at);
    this.#state = seen.state;
  }

  #store(report: Report, doubt: 'jump' | 'accuracy' | null): void {
    const logged: Logged = { kind: 'report', report, doubt };
    this.#log.set(keyOf(logged), logged);
  }

  #tell(findings: PlacedFinding[]): void {
    for (const finding of findings) this.alerts.set(finding.id, { ...finding, foundAt: this.alerts.get(finding.id)?.foundAt ?? finding.at });
  }

  #mark(time: EpochMs): void {
    this.#due = Math.min(this.#due ?? Infinity, time);
  }
}

/** What is told of a log that is heard whole and in order. */
export function toldInOrder(log: readonly Logged[], judging: Judging): string[] {
  const all = rejudgingFrom(NEW_TRUCK, judging);
  for (const logged of log) all.offer(logged);
  all.finish();
  return [...all.alerts.values()].map(lineOf).sort();
}

function rejudgingFrom(from: TruckState, { truck, worlds, rules }: Judging): Rejudging {
  return new Rejudging(stored(from), { truckAt: () => truck, worlds, rules });
}

function lineOf({ id, began, ended, severity, evidence }: Told): string {
  return JSON.stringify([id, began, ended, severity, evidence]);
}

function timeOf(logged: Logged): EpochMs {
  return logged.kind === 'report' ? logged.report.at : logged.sighting.at;
}

function keyOf(logged: Logged): string {
  if (logged.kind === 'sighting') return `${logged.sighting.camera} ${logged.sighting.id}`;
  return `${logged.report.source} ${logged.report.at} ${logged.report.digest}`;
}

function stored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
