import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Period, WeeklyNumbers } from '@muckwatch/contract';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '@muckwatch/domain';
import { isWholeCity, type Scope, WHOLE_CITY } from '../auth/viewer.js';
import { Chore } from '../chore.js';
import { iso, now } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import { weekAt, weekPeriod } from '../stats/period.js';
import { Stats } from '../stats/stats.service.js';
import { ReportStore } from './report.store.js';
import { Refusal } from '../refusal.js';

const LOOK_EVERY_MS = 5 * MINUTE_MS;
/** Monday 07:00 by the city's clock: what is buffered over the weekend's last hours has come in. */
const MADE_AFTER_MS = 7 * HOUR_MS;

/** The report of a week: made by the server each Monday at 07:00, or as soon after as it runs; of any other week on demand. */
@Injectable()
export class Weekly implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chore = new Chore('Reports', LOOK_EVERY_MS, () => this.round(now()));

  constructor(
    private readonly store: ReportStore,
    private readonly stats: Stats,
    private readonly fleet: FleetService,
  ) {}

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#chore.stop();
  }

  /** Makes the report that is due as of a time; the row of its week says whether it has been. */
  async round(at: EpochMs): Promise<void> {
    const week = weekAt(at - MADE_AFTER_MS, this.fleet.utcOffset, -1);
    if (await this.store.has(week)) return;
    const numbers = await this.#count(WHOLE_CITY, week, this.#period(week), at);
    // After a time away its last hours may not have been counted yet: the next look finds them.
    const { until, period } = numbers.quality;
    if (until === null || until === period.to) await this.store.keep(numbers);
  }

  /**
   * A week's numbers: as they stood when its report was made, for those who see the whole city, and when it was sent, for those of a part that it was sent to;
   * else as they stand.
   *
   * @throws Refusal 404 for a week that there is not, or that has not begun
   */
  async numbers(scope: Scope, week: string): Promise<WeeklyNumbers> {
    const at = now();
    const period = this.#period(week, at);
    if (Date.parse(period.from) > at) throw new Refusal(404, { en: `Week ${week} has not begun.`, zh: `${week} 这一周还没有开始。` });
    const kept = await (isWholeCity(scope) ? this.store.one(week) : this.store.part(week, scope));
    return kept ?? this.#count(scope, week, period, at);
  }

  /** The numbers of a part of the city from now on: what is sent to one and sent again to another is the same. */
  async settle(scope: Scope, week: string): Promise<void> {
    if (isWholeCity(scope) || (await this.store.part(week, scope))) return;
    const at = now();
    await this.store.keepPart(scope, await this.#count(scope, week, this.#period(week, at), at));
  }

  /** The report that is made next, and when. */
  next(at: EpochMs): { week: string; at: EpochMs } {
    const week = weekAt(at - MADE_AFTER_MS, this.fleet.utcOffset);
    return { week, at: Date.parse(this.#period(week).to) + MADE_AFTER_MS };
  }

  #period(week: string, at?: EpochMs): Period {
    const period = weekPeriod(week, this.fleet.utcOffset, at);
    if (!period) throw new Refusal(404, { en: `There is no week ${week}.`, zh: `没有 ${week} 这一周。` });
    return period;
  }

  async #count(scope: Scope, week: string, period: Period, at: EpochMs): Promise<WeeklyNumbers> {
    const overview = await this.stats.overview(scope, period);
    const figures = await this.stats.figures(scope, period);
    const precision = await this.stats.precision(scope, period);
    const quality = await this.stats.quality(scope, period);
    return { week, madeAt: iso(at), overview, precision, quality, figures };
  }
}
