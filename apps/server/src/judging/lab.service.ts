import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { LabAlert, LabBody, LabRun } from '@muckwatch/contract';
import {
  type AnyRule,
  DAY_MS,
  describe,
  type EpochMs,
  type FoundAlert,
  matchEpisodes,
  Rejudging,
  type RuleCode,
  RULES,
  type Truck,
  whereIs,
  type WorldHistory,
} from '@muckwatch/domain';
import { randomUUID } from 'node:crypto';
import type { Viewer } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import { faultsOfLimits } from '../fleet/limits.js';
import { RuleFaults } from '../intake/rule-faults.js';
import { type Fault, Faults, Refusal } from '../refusal.js';
import { CheckpointStore } from './checkpoint.store.js';
import { type StoredAlert, StoredAlerts } from './stored-alerts.js';
import { Slices } from './slices.js';
import { TruckLog } from './truck-log.js';

const LONGEST_MS = 31 * DAY_MS;
const RUNS_KEPT = 20;
const ALERTS_KEPT = 2_000;

interface Run {
  answer: LabRun;
  stop: AbortController;
}

/** What a truck was found to have done under the limits tried, beside what is stored of it. */
interface Compared {
  kept: { stored: StoredAlert; found: FoundAlert }[];
  gained: FoundAlert[];
  lost: StoredAlert[];
}

/** The rule lab: judges stored time once more under other limits, beside everything else, and changes nothing. One run at a time. */
@Injectable()
export class LabService implements OnApplicationShutdown {
  readonly #logger = new Logger('Lab');
  readonly #runs = new Map<string, Run>();
  #running: Promise<void> | null = null;

  constructor(
    private readonly fleet: FleetService,
    private readonly log: TruckLog,
    private readonly checkpoints: CheckpointStore,
    private readonly stored: StoredAlerts,
    private readonly ruleFaults: RuleFaults,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    for (const { stop } of this.#runs.values()) stop.abort();
    await this.#running;
  }

  list(): Omit<LabRun, 'alerts'>[] {
    return [...this.#runs.values()].reverse().map(({ answer: { alerts: _, ...rest } }) => rest);
  }

  one(id: string): LabRun {
    return this.#run(id).answer;
  }

  /**
   * @throws Faults naming limits and rules that there are not
   * @throws Refusal 409 while another run is under way
   */
  start(viewer: Viewer, asked: LabBody): LabRun {
    const [from, to] = [Date.parse(asked.from), Math.min(Date.parse(asked.to), now())];
    if (to <= from) throw new Refusal(400, { en: `from ${asked.from} is not before to ${asked.to}.`, zh: `开始 ${asked.from} 不在结束 ${asked.to} 之前。` });
    if (to - from > LONGEST_MS)
      throw new Refusal(400, { en: `from ${asked.from} to ${asked.to} is longer than 31 days.`, zh: `从 ${asked.from} 到 ${asked.to} 超过 31 天。` });
    const limits = limitsOf(asked.limits);
    const trucks = this.#trucks(asked.truckIds ?? []);
    const current = [...this.#runs.values()].find(({ answer }) => answer.state === 'running');
    if (current)
      throw new Refusal(409, {
        en: `Run ${current.answer.id} of ${current.answer.by} is under way; stop it or wait for its end.`,
        zh: `${current.answer.by} 的试算 ${current.answer.id} 正在进行，请停止它或等它结束。`,
      });

    const rules = RULES.filter(({ code }) => !asked.rules?.length || asked.rules.includes(code));
    const run: Run = {
      stop: new AbortController(),
      answer: {
        id: randomUUID(),
        by: viewer.name,
        state: 'running',
        fault: null,
        startedAt: iso(now()),
        endedAt: null,
        asked,
        progress: { trucks: trucks.length, trucksDone: 0, reports: 0 },
        counts: rules.map(({ code }) => ({ rule: code, kept: 0, gained: 0, lost: 0 })),
        alerts: [],
      },
    };
    this.#runs.set(run.answer.id, run);
    if (this.#runs.size > RUNS_KEPT) this.#runs.delete(this.#runs.keys().next().value!);
    this.#running = this.#judgeAll(run, trucks, { from, to, rules, worlds: this.fleet.worlds.withLimits(limits) });
    return run.answer;
  }

  /** Stops a run; what it has found so far stays. */
  stop(id: string): LabRun {
    const run = this.#run(id);
    run.stop.abort();
    if (run.answer.state === 'running') Object.assign(run.answer, { state: 'stopped', endedAt: iso(now()) });
    return run.answer;
  }

  #run(id: string): Run {
    const run = this.#runs.get(id);
    if (!run) throw new Refusal(404, { en: `There is no run ${id} of the rule lab.`, zh: `没有编号为 ${id} 的试算。` });
    return run;
  }

  #trucks(ids: string[]): Truck[] {
    if (ids.length === 0) return [...this.fleet.trucks()];
    const faults: Fault[] = [];
    const trucks = ids.flatMap((id, i) => {
      const truck = this.fleet.truck(id, now());
      if (!truck) faults.push({ path: `truckIds[${i}]`, message: { en: `${id} is no truck that is registered`, zh: `车辆 ${id} 没有登记` } });
      return truck ?? [];
    });
    if (faults.length > 0) throw new Faults(faults);
    return trucks;
  }

  async #judgeAll(run: Run, trucks: Truck[], by: Trial): Promise<void> {
    const { answer, stop } = run;
    try {
      for (const truck of trucks) {
        const compared = await this.#judge(truck, by, answer, stop.signal);
        if (stop.signal.aborted) return;
        count(answer, compared);
        this.#show(answer, truck, compared, by.worlds);
        answer.progress.trucksDone++;
      }
      Object.assign(answer, { state: 'done', endedAt: iso(now()) });
    } catch (error) {
      this.#logger.error(error);
      Object.assign(answer, { state: 'failed', fault: (error as Error).message, endedAt: iso(now()) });
    }
  }

  async #judge(truck: Truck, { from, to, rules, worlds }: Trial, answer: LabRun, signal: AbortSignal): Promise<Compared> {
    const start = await this.checkpoints.before(truck.id, from);
    const judging = new Rejudging(start.state, { truckAt: (at) => this.fleet.truck(truck.id, at), worlds, rules });
    const slices = new Slices();
    for await (const page of this.log.of(truck.id, start.at, to)) {
      for (const logged of page) {
        judging.offer(logged);
        if (slices.isOver()) await slices.next();
        if (signal.aborted) return { kept: [], gained: [], lost: [] };
      }
      answer.progress.reports += page.length;
    }
    judging.finish();
    this.ruleFaults.of(truck.id, judging.faults);
    const codes = rules.map(({ code }) => code);
    const known = await this.stored.found(truck.id, from, to, codes);
    const found = [...judging.alerts.values()].filter(({ foundAt }) => foundAt >= from).map((alert) => ({ ...alert, key: `${alert.rule} ${alert.scope}` }));
    const { same, fresh, lost } = matchEpisodes(known, found);
    return { kept: same.map(({ known: stored, found: alert }) => ({ stored, found: alert })), gained: fresh, lost: lost.map(({ known: one }) => one) };
  }

  #show(answer: LabRun, truck: Truck, { kept, gained, lost }: Compared, worlds: WorldHistory): void {
    const add = (alert: LabAlert) => {
      if (answer.alerts.filter(({ change }) => change === alert.change).length < ALERTS_KEPT) answer.alerts.push(alert);
    };
    for (const found of gained) add(tried('gained', null, found, truck, worlds));
    for (const { shown } of lost) add({ change: 'lost', ...shown });
    for (const { stored, found } of kept) add(tried('kept', stored.id, found, truck, worlds));
  }
}

interface Trial {
  from: EpochMs;
  to: EpochMs;
  rules: readonly AnyRule[];
  worlds: WorldHistory;
}

function limitsOf(asked: LabBody['limits']): Map<RuleCode, Record<string, number>> {
  const faults = Object.entries(asked).flatMap(([code, limits]): Fault[] => {
    const rule = RULES.find((one) => one.code === code);
    if (!rule)
      return [
        {
          path: `limits.${code}`,
          message: {
            en: `is no rule; there are ${RULES.map((one) => one.code).join(', ')}`,
            zh: `不是规则；规则有 ${RULES.map((one) => one.code).join('、')}`,
          },
        },
      ];
    return faultsOfLimits(rule, limits).map(({ path, message }) => ({ path: path.replace('limits.', `limits.${code}.`), message }));
  });
  if (faults.length > 0) throw new Faults(faults);
  return new Map(Object.entries(asked) as [RuleCode, Record<string, number>][]);
}

function count(answer: LabRun, { kept, gained, lost }: Compared): void {
  const of = (rule: RuleCode) => answer.counts.find((one) => one.rule === rule)!;
  for (const { found } of kept) of(found.rule).kept++;
  for (const found of gained) of(found.rule).gained++;
  for (const { shown } of lost) of(shown.rule).lost++;
}

function tried(change: LabAlert['change'], alertId: string | null, found: FoundAlert, truck: Truck, worlds: WorldHistory): LabAlert {
  const world = worlds.at(found.at);
  const place = whereIs(found, world);
  const rule = RULES.find(({ code }) => code === found.rule)!;
  return {
    change,
    alertId,
    rule: found.rule,
    severity: found.severity,
    truck: { id: truck.id, plate: truck.plate },
    place,
    began: iso(found.began),
    ended: found.ended === null ? null : iso(found.ended),
    position: { lat: found.point[1], lon: found.point[0] },
    summary: describe(found, rule, truck.plate, place, world),
  };
}
