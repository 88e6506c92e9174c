import type { Company, PermitResource, TruckResource } from '@muckwatch/contract';
import { plateKey } from '../app/plate.js';
import { type Period, PERIODS, type PermitNow, permitNow } from './permitNow.js';

/** A permit as the list shows it: ids turned into names, and how it stands now. */
export interface PermitRow {
  permit: PermitResource;
  now: PermitNow;
  company: string | null;
  site: string | null;
  yards: (string | null)[];
  /** Everything that a search looks through. */
  text: string;
  plates: string;
}

export interface Names {
  companies: ReadonlyMap<string, Company>;
  trucks: ReadonlyMap<string, TruckResource>;
  places: ReadonlyMap<string, string>;
  routes: ReadonlyMap<string, string>;
}

export function rowOf(permit: PermitResource, names: Names, now: number, zone: string): PermitRow {
  const place = (id: string) => names.places.get(id) ?? null;
  const company = names.companies.get(permit.companyId)?.name ?? null;
  const site = place(permit.siteId);
  const yards = permit.yardIds.map(place);
  const routes = permit.routeIds.map((id) => names.routes.get(id) ?? '');
  const said = [permit.id, company, site, ...yards, ...routes, permit.companyId, permit.siteId, ...permit.yardIds];
  return {
    permit,
    now: permitNow(permit, now, zone),
    company,
    site,
    yards,
    text: said.filter(Boolean).join('\n').toLowerCase(),
    plates: permit.truckIds.map((id) => plateKey(names.trucks.get(id)?.plate ?? id)).join('\n'),
  };
}

/** Any part of a name, an id or a plate. */
export function finds(row: Pick<PermitRow, 'text' | 'plates'>, search: string): boolean {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => row.text.includes(word) || (row.plates !== '' && row.plates.includes(plateKey(word) || '\0')));
}

/** What may be hauled on stands first, the past last; among equals what ends first, then by site. */
export function inOrder(rows: readonly PermitRow[]): PermitRow[] {
  const end = ({ permit }: PermitRow) => permit.validTo ?? '9999';
  const place = (row: PermitRow) => row.site ?? row.permit.siteId;
  return [...rows].sort(
    (a, b) =>
      PERIODS.indexOf(a.now.period) - PERIODS.indexOf(b.now.period) ||
      (isPast(a) ? (end(a) > end(b) ? -1 : end(a) < end(b) ? 1 : 0) : end(a) < end(b) ? -1 : end(a) > end(b) ? 1 : 0) ||
      place(a).localeCompare(place(b), 'zh-CN') ||
      (a.permit.id < b.permit.id ? -1 : 1),
  );
}

const isPast = ({ now }: PermitRow) => now.period === 'expired' || now.period === 'retired';

export function countsOf(rows: readonly PermitRow[]): Record<Period, number> {
  const counts: Record<Period, number> = { active: 0, 'not-yet': 0, expired: 0, retired: 0 };
  for (const { now } of rows) counts[now.period]++;
  return counts;
}
