import { Injectable } from '@nestjs/common';
import type { FixPage, FixQuery, StayQuery, Stays } from '@muckwatch/contract';
import { type EpochMs, HOUR_MS, type Report } from '@muckwatch/domain';
import { ofPlace } from '../auth/narrowing.js';
import { type Scope, within } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { FleetService } from '../fleet/fleet.service.js';
import { TrackStore } from '../history/track.store.js';
import { columnsOf } from './fix-page.js';
import { FixStore, type Seen, SLICE_MS, stretchOf } from './fix.store.js';
import { type SpanOfVisit, StaysReader } from './stays.js';
import { thinned } from './thinned.js';

/** A page ends here, or once it has so many reports: whoever waits sees it come, and may stop it. */
const PAGE_MS = 12 * HOUR_MS;
const PAGE_ROWS = 5_000;

/** What a truck did, told again. */
@Injectable()
export class PlaybackService {
  constructor(
    private readonly database: Database,
    private readonly tracks: TrackStore,
    private readonly fixes: FixStore,
    private readonly fleet: FleetService,
  ) {}

  /** @throws Refusal 404 for a truck whose day is not this viewer's to know */
  async page(scope: Scope, truckId: string, { from, to, everyS }: FixQuery): Promise<FixPage> {
    const { since, until } = stretchOf(from, to);
    await this.tracks.mustSee(scope, truckId);
    const end = Math.min(until, since + PAGE_MS);
    const all: Seen[] = [];
    let next = since;
    for (; next < end && all.length < PAGE_ROWS; next = Math.min(end, next + SLICE_MS)) all.push(...(await this.fixes.seen(truckId, next, end)));
    return { truckId, from, nextFrom: next < until ? iso(next) : null, stored: all.length, ...columnsOf(thinned(all, everyS)) };
  }

  /** Reads the whole stretch, an hour a statement. */
  async stays(scope: Scope, truckId: string, { from, to }: StayQuery): Promise<Stays> {
    const { since, until } = stretchOf(from, to);
    await this.tracks.mustSee(scope, truckId);
    const reader = new StaysReader();
    for (let next = since; next < until; next += SLICE_MS) {
      for (const fix of await this.fixes.seen(truckId, next, until))
        if (fix.doubt === null) reader.add(reportOf(fix), this.fleet.truck(truckId, fix.at), this.fleet.worlds.at(fix.at));
    }
    reader.end();
    return {
      truckId,
      from,
      to,
      stops: reader.stops.map(({ point: [lon, lat], ...span }) => ({ ...times(span), lat, lon })),
      visits: (await this.#visible(scope, reader.visits)).map(({ place: { id, kind, name }, ...span }) => ({ ...times(span), placeId: id, kind, name })),
      loads: reader.loads.map(({ held, ...span }) => ({ ...times(span), load: held })),
      limits: reader.limits.map(({ held, ...span }) => ({ ...times(span), ...held })),
    };
  }

  /** A company knows the zones and where its permits lead; that its truck was in another's yard its alerts say, not a list of all places. */
  async #visible(scope: Scope, visits: SpanOfVisit[]): Promise<SpanOfVisit[]> {
    const params: unknown[] = [[...new Set(visits.map(({ place }) => place.id))]];
    const { rows } = await this.database.query<{ id: string }>(
      `select p.id from places p where p.id = any($1) and ${within(scope, ofPlace('p'), params)}`,
      params,
    );
    const ids = new Set(rows.map(({ id }) => id));
    return visits.filter(({ place }) => ids.has(place.id));
  }
}

const times = ({ from, to }: { from: EpochMs; to: EpochMs }) => ({ from: iso(from), to: iso(to) });

/** What is not read matters to none of the steps: where it was, what it carried. */
function reportOf(seen: Seen): Report {
  const unread = { source: '', digest: '', altitudeM: null, satellites: null, odometerKm: null, seq: null, buffered: false, extra: null };
  return { ...unread, ...seen, fix: true };
}
