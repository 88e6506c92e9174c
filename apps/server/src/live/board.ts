import type { Alert, Health, Position } from '@muckwatch/contract';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '@muckwatch/domain';
import { type Scope, sees } from '../auth/viewer.js';
import { iso } from '../clock.js';

/** Nothing heard for so long while the ignition was on: the truck is drawn silent. */
export const SILENT_AFTER_MS = 10 * MINUTE_MS;
/** Decided and closed alerts stay on the board for a shift. */
const KEEP_DECIDED_MS = 12 * HOUR_MS;
const MOST_ALERTS = 2_000;

/** What intake knows of a truck after a report. */
export interface TruckSeen {
  id: string;
  plate: string;
  companyId: string;
  at: EpochMs;
  heardAt: EpochMs;
  lat: number;
  lon: number;
  speedKmh: number | null;
  headingDeg: number | null;
  load: 'loaded' | 'empty' | 'unknown';
  ignition: boolean | null;
  /** Above its rest by as much as dumping needs; null: not said. */
  bedRaised: boolean | null;
  /** Believed to be inside these places. */
  placeIds: string[];
  /** When it entered each of them. */
  enteredAt: EpochMs[];
  /** Its company's, and where it is. */
  districtIds: (string | null)[];
}

/** An alert with what says who may see it; the place is the alert's own. */
export interface Owned {
  alert: Alert;
  companyId: string | null;
  siteId: string | null;
  districtId: string | null;
}

interface Shown {
  seen: TruckSeen;
  position: Position;
}

/** Everything a page is given when it connects, in memory: the newest position of each truck and the alerts of the shift. */
export class Board {
  readonly #trucks = new Map<string, Shown>();
  readonly #alerts = new Map<string, Owned>();
  /** Episodes going on, by truck. */
  readonly #alerting = new Map<string, Set<string>>();
  health: Health | null = null;

  /** Takes a truck's newest place; older than the known one it is ignored. */
  truck(seen: TruckSeen): void {
    const known = this.#trucks.get(seen.id);
    if (known && known.seen.at > seen.at) return;
    this.#trucks.set(seen.id, { seen, position: this.#positionOf(seen, seen.heardAt) });
  }

  /** Takes an alert; the greater version stays. Answers whether it was news. */
  alert(owned: Owned): boolean {
    const { alert } = owned;
    const known = this.#alerts.get(alert.id);
    if (known && known.alert.version >= alert.version) return false;
    this.#alerts.delete(alert.id); // the newest change last
    this.#alerts.set(alert.id, owned);
    if (this.#alerts.size > MOST_ALERTS) this.#alerts.delete(this.#alerts.keys().next().value!);
    this.#follow(alert);
    return true;
  }

  /** Districts are drawn otherwise: what happened where it happened is another district's now. */
  redistrict(districtAt: (point: [lon: number, lat: number]) => string | null): void {
    for (const owned of this.#alerts.values()) owned.districtId = districtAt([owned.alert.position.lon, owned.alert.position.lat]);
  }

  /** Trucks whose state on the map has changed since it was drawn: an alert began or ended, or nothing was heard for too long. */
  restate(now: EpochMs): string[] {
    const changed: string[] = [];
    for (const [id, shown] of this.#trucks) {
      if (this.#stateOf(shown.seen, now) === shown.position.state) continue;
      shown.position = this.#positionOf(shown.seen, now);
      changed.push(id);
    }
    return changed;
  }

  restateOne(id: string, now: EpochMs): boolean {
    const shown = this.#trucks.get(id);
    if (!shown || this.#stateOf(shown.seen, now) === shown.position.state) return false;
    shown.position = this.#positionOf(shown.seen, now);
    return true;
  }

  position(id: string): Position | undefined {
    return this.#trucks.get(id)?.position;
  }

  seen(id: string): TruckSeen | undefined {
    return this.#trucks.get(id)?.seen;
  }

  /** The trucks that are believed to be inside a place, with when they entered. */
  trucksIn(placeId: string): { truck: TruckSeen; since: EpochMs }[] {
    const inside: { truck: TruckSeen; since: EpochMs }[] = [];
    for (const { seen } of this.#trucks.values()) {
      const nth = seen.placeIds.indexOf(placeId);
      if (nth >= 0) inside.push({ truck: seen, since: seen.enteredAt[nth]! });
    }
    return inside;
  }

  positions(scope: Scope): Position[] {
    return [...this.#trucks.values()].filter(({ seen }) => seesTruck(scope, seen)).map(({ position }) => position);
  }

  alerts(scope: Scope, now: EpochMs): Alert[] {
    const since = iso(now - KEEP_DECIDED_MS);
    const current = ({ status, openedAt, decision }: Alert) =>
      status === 'open' || status === 'acknowledged' || openedAt > since || (decision !== null && decision.at > since);
    return [...this.#alerts.values()].filter((owned) => seesAlert(scope, owned) && current(owned.alert)).map(({ alert }) => alert);
  }

  /** Of the trucks on the map that may be seen. */
  counts(scope: Scope, now: EpochMs): { trucks: number; heard: number; silent: number } {
    let [trucks, heard, silent] = [0, 0, 0];
    for (const { seen } of this.#trucks.values()) {
      if (!seesTruck(scope, seen)) continue;
      trucks++;
      if (now - seen.heardAt <= SILENT_AFTER_MS) heard++;
      else if (seen.ignition === true) silent++;
    }
    return { trucks, heard, silent };
  }

  #follow(alert: Alert): void {
    const { id } = alert.truck;
    if (id === null) return;
    const ongoing = this.#alerting.get(id) ?? new Set();
    if (alert.ended === null && alert.status !== 'dismissed' && alert.contradicted === null) ongoing.add(alert.id);
    else ongoing.delete(alert.id);
    if (ongoing.size > 0) this.#alerting.set(id, ongoing);
    else this.#alerting.delete(id);
  }

  #stateOf(seen: TruckSeen, now: EpochMs): Position['state'] {
    if (seen.ignition === true && now - seen.heardAt > SILENT_AFTER_MS) return 'silent';
    if (this.#alerting.has(seen.id)) return 'alert';
    return seen.load;
  }

  #positionOf(seen: TruckSeen, now: EpochMs): Position {
    const { id, plate, at, lat, lon, speedKmh, headingDeg } = seen;
    return { id, plate, at: iso(at), lat, lon, speedKmh, headingDeg, state: this.#stateOf(seen, now) };
  }
}

export function seesTruck(scope: Scope, seen: TruckSeen): boolean {
  return sees(scope, seen);
}

export function seesAlert(scope: Scope, { alert, companyId, siteId, districtId }: Owned): boolean {
  return sees(scope, { companyId, placeIds: [alert.place?.distanceM === 0 ? alert.place.id : null, siteId], districtIds: [districtId] });
}
