import { Injectable } from '@nestjs/common';
import type { CityOverview, FiguresAnswer, Period, PeriodName, PrecisionAnswer, QualityAnswer } from '@muckwatch/contract';
import type { Scope } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { FleetService } from '../fleet/fleet.service.js';
import { LiveService } from '../live/live.service.js';
import { FigureStore } from './figure.store.js';
import { OverviewStore } from './overview.store.js';
import { periodOf } from './period.js';
import { PlatformStore } from './platform.store.js';
import { PrecisionStore } from './precision.store.js';
import { qualityOf } from './quality.js';
import { TruckHourStore } from './truck-hour.store.js';

/** What pages and reports say of a period: both ask here, so that both say the same. */
@Injectable()
export class Stats {
  constructor(
    private readonly overviews: OverviewStore,
    private readonly precisions: PrecisionStore,
    private readonly hours: TruckHourStore,
    private readonly platform: PlatformStore,
    private readonly figureStore: FigureStore,
    private readonly fleet: FleetService,
    private readonly live: LiveService,
  ) {}

  period(name: PeriodName): Period {
    return periodOf(name, now(), this.fleet.utcOffset);
  }

  async overview(scope: Scope, period: Period): Promise<CityOverview> {
    const at = now();
    return { at: iso(at), period, fleet: this.live.board.counts(scope, at), ...(await this.overviews.counts(scope, period)) };
  }

  async precision(scope: Scope, period: Period): Promise<PrecisionAnswer> {
    return { period, items: await this.precisions.precision(scope, period) };
  }

  async quality(scope: Scope, period: Period): Promise<QualityAnswer> {
    const [from, to] = [Date.parse(period.from), Date.parse(period.to)];
    const until = await this.hours.until();
    // Before the first hour is counted nothing is known of any truck: not even that it has never been heard.
    const trucks = until === null ? [] : await this.hours.trucks(scope);
    const parts = qualityOf(trucks, await this.hours.counted(scope, from, to));
    const counted = until && iso(Math.min(to, until.getTime()));
    return { period, until: counted, platform: await this.platform.availability(from, to), ...parts };
  }

  async figures(scope: Scope, period: Period): Promise<FiguresAnswer> {
    return { period, items: await this.figureStore.figures(scope, period) };
  }
}
