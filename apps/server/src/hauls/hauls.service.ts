import { Injectable } from '@nestjs/common';
import type { HaulPlaces, HaulPlacesQuery, HaulYards } from '@muckwatch/contract';
import type { Scope } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { startOfToday } from '../fleet/city-time.js';
import { FleetService } from '../fleet/fleet.service.js';
import { YardPresence } from '../yards/yard-presence.js';
import { YardStore } from '../yards/yard.store.js';
import { HaulPlacesStore } from './haul-places.store.js';
import { stretchOf } from './stretch.js';

/** What sites and yards look like now, put together from their counts. One statement a yard: the embedded engine serves nobody else meanwhile. */
@Injectable()
export class HaulsService {
  constructor(
    private readonly store: HaulPlacesStore,
    private readonly yardStore: YardStore,
    private readonly presence: YardPresence,
    private readonly fleet: FleetService,
  ) {}

  /** @throws Refusal 400 for a stretch longer than 31 days */
  async places(scope: Scope, query: HaulPlacesQuery): Promise<HaulPlaces> {
    const at = now();
    const today = startOfToday(at, this.fleet.utcOffset);
    const stretch = stretchOf({ ...query, from: query.from ?? (query.to === undefined ? iso(today) : undefined) }, at);
    return {
      today: iso(today),
      from: iso(stretch.from),
      to: iso(stretch.to ?? at),
      sites: await this.#sites(scope, today, stretch, at),
      yards: await this.#yards(scope, today, stretch),
    };
  }

  async #sites(scope: Scope, today: number, stretch: { from: number; to: number | null }, at: number): Promise<HaulPlaces['sites']> {
    const sites = await this.store.places(scope, 'site');
    const ids = sites.map(({ id }) => id);
    const permits = await this.store.permits(scope, ids, at);
    const ofToday = await this.store.fromSites(ids, { from: today, to: null }, scope.companyIds);
    const ofStretch = await this.store.fromSites(ids, stretch, scope.companyIds);
    return sites.map(({ id, name }) => ({ id, name, permits: permits.get(id)!, today: ofToday.get(id)!, stretch: ofStretch.get(id)! }));
  }

  async #yards(scope: Scope, today: number, stretch: { from: number; to: number | null }): Promise<HaulPlaces['yards']> {
    const yards: HaulPlaces['yards'] = [];
    const whole = scope.companyIds === null;
    for (const { id, name, capacityM3 } of await this.store.places(scope, 'yard')) {
      const taken = await this.yardStore.taken(id, today, stretch, scope.companyIds);
      // How full a yard is would tell a company how much the others have brought.
      const remainingM3 = capacityM3 === null || !whole ? null : Math.max(0, Math.round((capacityM3 - (taken.ever.volumeM3 ?? 0)) * 10) / 10);
      yards.push({ id, name, capacityM3, remainingM3, ever: whole ? taken.ever : null, today: taken.today, stretch: taken.stretch });
    }
    return yards;
  }

  async yards(scope: Scope): Promise<HaulYards> {
    const at = now();
    const today = startOfToday(at, this.fleet.utcOffset);
    const yards = await this.store.places(scope, 'yard');
    const ids = yards.map(({ id }) => id);
    const coming = await this.yardStore.coming(ids, scope.companyIds);
    const waits = await this.store.waits(ids, today, at, scope.companyIds);
    const hours = await this.store.hours(ids, today, at, scope.companyIds);
    return {
      at: iso(at),
      today: iso(today),
      yards: yards.map(({ id, name }) => ({
        id,
        name,
        here: this.presence.here(id, scope.companyIds),
        coming: coming.get(id)!,
        waits: waits.get(id)!,
        hours: hours.get(id)!,
      })),
    };
  }
}
