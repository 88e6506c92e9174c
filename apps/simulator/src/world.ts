import type { City } from './city.js';
import type { Company, Fleet } from './fleet.js';
import { Mischief } from './mischief.js';
import type { Violations } from './mischief.js';
import type { ApprovedRoute, Permit } from './permits.js';
import type { EpochMs } from './truth.js';
import { waysOf } from './ways.js';
import type { Ways } from './ways.js';

/** What drivers share: the city, its ways, their papers, and the queues at excavators and tipping spots. */
export interface World extends Ways {
  city: City;
  companies: Map<string, Company>;
  papers: Papers;
  queues: Queues;
  mischief: Mischief;
  /** When the day is first looked at; drivers have been at work for a while by then. */
  from: EpochMs;
  /** When many terminals are silent at once. */
  outages: { from: EpochMs; to: EpochMs }[];
}

export function makeWorld(city: City, fleet: Fleet, from: EpochMs, to: EpochMs, violations: Violations): World {
  return {
    ...waysOf(city),
    city,
    companies: new Map(fleet.companies.map((company) => [company.id, company])),
    papers: new Papers(fleet),
    queues: new Queues(),
    mischief: new Mischief(violations, from, to),
    from,
    outages: [],
  };
}

/** The permits as drivers have them in the glove box. */
export class Papers {
  private readonly routes: Map<string, ApprovedRoute>;

  constructor(private readonly fleet: Fleet) {
    this.routes = new Map(fleet.routes.map((route) => [route.id, route]));
  }

  /** The permit that a company has for a site; null where it has none, or none any more. */
  permit(companyId: string, siteId: string): Permit | null {
    return this.fleet.permits.find((permit) => permit.companyId === companyId && permit.siteId === siteId && permit.validTo === null) ?? null;
  }

  routesOf({ routeIds }: Permit): ApprovedRoute[] {
    return routeIds.map((id) => this.routes.get(id)!);
  }

  /** What a load of unknown origin may be driven on: any of the company's routes. */
  routesOfCompany(companyId: string): ApprovedRoute[] {
    return this.fleet.permits.filter((permit) => permit.companyId === companyId).flatMap((permit) => this.routesOf(permit));
  }
}

/** First come, first served: who arrives takes the place at the excavator that is free first. */
export class Queues {
  private readonly free = new Map<string, EpochMs[]>();

  /** When work that takes `seconds` can begin, not before `at`. */
  take(placeId: string, atOnce: number, at: EpochMs, seconds: number): EpochMs {
    let places = this.free.get(placeId);
    if (!places) this.free.set(placeId, (places = new Array<EpochMs>(atOnce).fill(0)));
    const first = places.indexOf(Math.min(...places));
    const start = Math.max(at, places[first]!);
    places[first] = start + seconds * 1000;
    return start;
  }
}
