import { type Hours, nextOpening, outsideMs, type UtcOffset } from './hours.js';
import type { Moment } from './moment.js';
import type { EpochMs } from './time.js';

/** A disposal permit 处置核准: who may take muck from a site to which yards, on which routes and when. */
export interface Permit {
  id: string;
  companyId: string;
  siteId: string;
  yardIds: string[];
  /** Empty: every truck of the company. */
  truckIds: string[];
  /** Empty: any way is approved. */
  routeIds: string[];
  /** When muck may be hauled; outside of them the permit stays active. */
  hours: Hours;
  /** Active for `validFrom ≤ t < validTo`; null: without end. */
  validFrom: EpochMs | null;
  validTo: EpochMs | null;
  volumeM3: number | null;
}

/** The permit is in force for the truck: it names the truck, or its company and no trucks. Its hours do not matter. */
export function isActive(permit: Permit, truck: { id: string; companyId: string }, at: EpochMs): boolean {
  if (!isValid(permit, at)) return false;
  return permit.truckIds.length === 0 ? permit.companyId === truck.companyId : permit.truckIds.includes(truck.id);
}

/** It has begun and not run out. */
export function isValid({ validFrom, validTo }: Permit, at: EpochMs): boolean {
  return (validFrom === null || at >= validFrom) && (validTo === null || at < validTo);
}

/**
 * The permits that a rule asks about a haul; it is broken only where all of them agree. The one that names the haul's site; where several name it, or nobody
 * knows the site (nor whether there is a haul, for a truck whose load is not known), all that the truck has; where none names it, none: only `no-permit` speaks.
 */
export function permitsOfHaul({ world, truck, at, haul }: Pick<Moment, 'world' | 'truck' | 'at' | 'haul'>): readonly Permit[] {
  const active = world.permitsOf(truck, at);
  if (haul === null || haul.siteId === null || active.length === 0) return active;
  const ofSite = active.filter((permit) => permit.siteId === haul.siteId);
  return ofSite.length > 1 ? active : ofSite;
}

/** The id of the active permit that names the site, where exactly one does. */
export function permitIdOf(permits: readonly Permit[], siteId: string): string | null {
  const ofSite = permits.filter((permit) => permit.siteId === siteId);
  return ofSite.length === 1 ? ofSite[0]!.id : null;
}

/**
 * How long `at` lies before or after the nearest window of any of these permits; 0 where one of them allows it. A permit whose windows never open (an empty list)
 * is a mistake of whoever entered it, and is read as one without hours.
 */
export function outsideHoursMs(permits: readonly Permit[], at: EpochMs, utcOffset: UtcOffset): number {
  let nearest = permits.length === 0 ? 0 : Infinity;
  for (const { hours } of permits) {
    const ms = hours === null ? 0 : outsideMs(hours, at, utcOffset);
    nearest = Math.min(nearest, Number.isFinite(ms) ? ms : 0);
  }
  return nearest;
}

/** When the next window of any of these permits opens; null: none ever does. */
export function nextOpeningOf(permits: readonly Permit[], at: EpochMs, utcOffset: UtcOffset): EpochMs | null {
  const openings = permits.flatMap(({ hours }) => (hours === null ? [] : (nextOpening(hours, at, utcOffset) ?? [])));
  return openings.length === 0 ? null : Math.min(...openings);
}
