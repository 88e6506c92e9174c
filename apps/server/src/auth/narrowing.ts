import type { Narrowed } from './viewer.js';

/**
 * What a row belongs to, by each of the three narrowings. What is not named cannot be decided: who is narrowed by it sees nothing of the table.
 * `() => 'true'` says that a narrowing does not matter here.
 */
export interface Narrowing {
  company?: Narrowed;
  place?: Narrowed;
  district?: Narrowed;
}

type ByIds = (ids: string) => string;

/** Permits that are good now or will be: what they name, those see whom they name. */
const IN_FORCE = `not pm.retired and (pm.valid_to is null or pm.valid_to > now())`;
const namesPlace = (ids: string) => `${IN_FORCE} and (pm.site_id = any(${ids}) or pm.yard_ids && ${ids})`;

/** Whose the company is: those of its district, and the places that a permit of it names. */
export function ofCompany(company: string) {
  return {
    company,
    place: (ids: string) => `exists (select from permits pm where pm.company_id = ${company} and ${namesPlace(ids)})`,
    district: (ids: string) => `exists (select from companies co where co.id = ${company} and co.district_id = any(${ids}))`,
  };
}

/** A row of trucks: a place sees those that a permit of its lets come. */
export function ofTruck(t: string) {
  const named = `(cardinality(pm.truck_ids) = 0 or ${t}.id = any(pm.truck_ids))`;
  return {
    ...ofCompany(`${t}.company_id`),
    place: (ids: string) => `exists (select from permits pm where pm.company_id = ${t}.company_id and ${named} and ${namesPlace(ids)})`,
  };
}

/** A row of places. A company sees the zones, which every driver must know, and where its permits lead. */
export function ofPlace(p: string) {
  return {
    company: (ids: string) =>
      `${p}.kind in ('no-go', 'speed-zone') or exists (
         select from permits pm where pm.company_id = any(${ids}) and ${IN_FORCE} and (pm.site_id = ${p}.id or ${p}.id = any(pm.yard_ids)))`,
    place: `${p}.id`,
    district: `${p}.district_id`,
  };
}

/** A row of permits. */
export function ofPermit(p: string) {
  return {
    company: `${p}.company_id`,
    place: (ids: string) => `${p}.site_id = any(${ids}) or ${p}.yard_ids && ${ids}`,
    district: (ids: string) =>
      `exists (select from companies co where co.id = ${p}.company_id and co.district_id = any(${ids}))
       or exists (select from places pl where (pl.id = ${p}.site_id or pl.id = any(${p}.yard_ids)) and pl.district_id = any(${ids}))`,
  };
}

/** A row of routes: seen by whom a permit that names the route lets drive it. */
export function ofRoute(r: string) {
  const permit =
    (holds: ByIds): ByIds =>
    (ids: string) =>
      `exists (select from permits pm where ${r}.id = any(pm.route_ids) and not pm.retired and (${holds(ids)}))`;
  const { place, district } = ofPermit('pm');
  return { company: permit((ids: string) => `pm.company_id = any(${ids})`), place: permit(place), district: permit(district) };
}

/** A row of alerts: a place sees what happened in it, and what became of loads that left it. Of the others it is only the nearest, which is no business of its. */
export function ofAlert(a: string) {
  return {
    company: `${a}.company_id`,
    place: (ids: string) => `(${a}.place_id = any(${ids}) and (${a}.place->>'distanceM')::float8 = 0) or ${a}.site_id = any(${ids})`,
    district: `${a}.district_id`,
  };
}
