import type { City } from './city.js';
import type { Company, Fleet } from './fleet.js';
import { Paths } from './path.js';
import { Routes } from './routes.js';
import type { EpochMs } from './truth.js';

/** What drivers share: the city, its ways, and the queues at excavators and tipping spots. */
export interface World {
  city: City;
  companies: Map<string, Company>;
  routes: Routes;
  paths: Paths;
  queues: Queues;
  /** When the day is first looked at; drivers have been at work for a while by then. */
  from: EpochMs;
  /** The share of hauls on which a driver of middling morals breaks a rule. */
  violations: number;
}

export function makeWorld(city: City, fleet: Fleet, from: EpochMs, violations: number): World {
  return {
    city,
    companies: new Map(fleet.companies.map((company) => [company.id, company])),
    routes: new Routes(city),
    paths: new Paths(city),
    queues: new Queues(),
    from,
    violations,
  };
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
