import { PREVIEW_ALERTS, PREVIEW_ENTRIES, type PlaceFeature, type PlacePreview, type Touched } from '@muckwatch/contract';
import { type EpochMs, MINUTE_MS } from '@muckwatch/domain';
import { iso } from '../clock.js';
import type { AlertAt, Load } from './preview.store.js';
import { isCrossing, isVisit, meet, type Stay } from './visits.js';

type Side = PlacePreview['entries'][number]['side'];

/** A haul departs where the truck is believed to have left, some reports after the border. */
const LEAVING_MS = 3 * MINUTE_MS;
/** One shape and what is found in it. */
export class Tally {
  readonly alerts: AlertAt[] = [];
  readonly stays: { truckId: string; plate: string; stay: Stay }[] = [];
  /** Lines between reports that run through it and are not believed to. */
  unsure = 0;
  loads = 0;
  departed = 0;
  unloaded = 0;

  constructor(readonly geometry: PlaceFeature['geometry']) {}

  addLoad({ departedAt, unloadedAt, endedAt }: Load, stays: readonly Stay[], at: EpochMs): void {
    const span = { from: departedAt, to: unloadedAt ?? endedAt ?? at };
    if (stays.some((stay) => meet(stay, span))) this.loads++;
    // Who only went through neither left from here nor tipped here.
    const seen = stays.filter((stay) => !isCrossing(stay));
    if (seen.some(({ from, to }) => from <= departedAt && departedAt <= to + LEAVING_MS)) this.departed++;
    if (unloadedAt !== null && seen.some(({ from, to }) => from <= unloadedAt && unloadedAt <= to)) this.unloaded++;
  }

  get touched(): Touched {
    const visits = this.stays.filter(({ stay }) => isVisit(stay)).length;
    const crossings = this.stays.filter(({ stay }) => isCrossing(stay)).length;
    const byRule = new Map<string, number>();
    for (const { rule } of this.alerts) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    return {
      trucks: new Set(this.stays.map(({ truckId }) => truckId)).size,
      visits,
      passes: this.stays.length - visits - crossings,
      crossings,
      unsure: this.unsure,
      loads: this.loads,
      departed: this.departed,
      unloaded: this.unloaded,
      alerts: [...byRule].map(([rule, count]) => ({ rule, count })).sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule)),
    };
  }
}

/** Where trucks came in: of both shapes one point each, of the present one alone only what the drawn one loses. */
export function entriesOf(drawn: Tally, present: Tally | undefined): PlacePreview['entries'] {
  const here = drawn.stays.map((one) => ({ ...one, side: sideOf(present !== undefined && metBy(one, present)) }));
  const lost = present?.stays.filter((one) => !metBy(one, drawn)).map((one) => ({ ...one, side: LOST })) ?? [];
  return [...here, ...lost]
    .sort((a, b) => b.stay.from - a.stay.from)
    .slice(0, PREVIEW_ENTRIES)
    .map(({ truckId, plate, stay, side }) => ({
      truckId,
      plate,
      at: iso(stay.from),
      stayS: isCrossing(stay) ? 0 : Math.round((stay.to - stay.from) / 1_000),
      through: isCrossing(stay),
      lon: stay.point[0],
      lat: stay.point[1],
      side,
    }));
}

function metBy(one: Tally['stays'][number], { stays }: Tally): boolean {
  return stays.some(({ truckId, stay }) => truckId === one.truckId && meet(stay, one.stay));
}

export function alertsOf(drawn: Tally, present: Tally | undefined): PlacePreview['alerts'] {
  const before = new Set(present?.alerts.map(({ id }) => id));
  const after = new Set(drawn.alerts.map(({ id }) => id));
  const here = drawn.alerts.map((alert) => ({ ...alert, side: sideOf(before.has(alert.id)) }));
  const lost = present?.alerts.filter(({ id }) => !after.has(id)).map((alert) => ({ ...alert, side: LOST })) ?? [];
  return [...here, ...lost]
    .sort((a, b) => b.at - a.at)
    .slice(0, PREVIEW_ALERTS)
    .map(({ id, rule, at, lon, lat, side }) => ({ id, rule, at: iso(at), lon, lat, side }));
}

const LOST: Side = 'present';
const sideOf = (inBoth: boolean): Side => (inBoth ? 'both' : 'drawn');
