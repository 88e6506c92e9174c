import { permitBody, type PermitResource, PLACE_KIND_WORDS } from '@muckwatch/contract';
import type { Permit, PlaceKind } from '@muckwatch/domain';
import { cited, type Fault, quoted } from '../refusal.js';
import { comesNear } from './comes-near.js';
import { type Entity, isOver, type Known } from './entity.js';
import { period } from './period.js';
import { placeOf } from './place-feature.js';
import { parseWith, type Resource } from './resource.js';
import { routeOf } from './route-feature.js';

/** A route of a permit has to come so near to its site, or it is another site's. */
const NEAR_SITE_M = 1_000;

type Fields = Pick<PermitResource, 'companyId' | 'siteId' | 'yardIds' | 'truckIds' | 'routeIds' | 'hours' | 'validFrom' | 'validTo' | 'volumeM3'>;

const parseFields = parseWith(permitBody, { truckIds: [], routeIds: [] });

/** A row as it came, over what is known of the permit: times in UTC, each id once. */
export const parsePermit: Resource['parse'] = (raw, known) => {
  const parsed = parseFields(raw, known);
  if ('faults' in parsed) return parsed;
  const said = parsed.fields as Fields;
  const { validFrom, validTo, faults } = period(said);
  faults.push(...hoursFaults(said.hours));
  if (faults.length > 0) return { faults };

  const once = (ids: string[]) => [...new Set(ids)];
  const lists = { yardIds: once(said.yardIds), truckIds: once(said.truckIds), routeIds: once(said.routeIds) };
  return { ...parsed, fields: { ...said, ...lists, validFrom, validTo } };
};

/** What a permit says that cannot be, given the places, trucks and routes that there are. */
export function permitFaults(entity: Entity, known: Known): Fault[] {
  const { companyId, siteId, yardIds, truckIds, routeIds } = entity as unknown as Fields;
  const faults: Fault[] = [];
  const site = known.get('place', siteId)!;
  if (site.kind !== 'site')
    faults.push({
      path: 'siteId',
      message: { en: `${quoted(siteId)} is no site: it is a ${said(site.kind)}`, zh: `${cited(siteId)}不是工地，而是${kindZh(site.kind)}` },
    });
  for (const id of yardIds) {
    const { kind } = known.get('place', id)!;
    if (kind !== 'yard')
      faults.push({ path: 'yardIds', message: { en: `${quoted(id)} is no yard: it is a ${said(kind)}`, zh: `${cited(id)}不是消纳场，而是${kindZh(kind)}` } });
  }
  for (const id of truckIds) {
    const owner = known.get('truck', id)!.companyId;
    if (owner !== companyId)
      faults.push({
        path: 'truckIds',
        message: {
          en: `${quoted(id)} is a truck of company ${quoted(owner)}, not of ${quoted(companyId)}`,
          zh: `车辆${cited(id)}属于企业${cited(owner)}，不属于${cited(companyId)}`,
        },
      });
  }
  if (routeIds.length === 0 || site.kind !== 'site') return faults;
  const { geometry } = placeOf(siteId, site.feature);
  for (const id of routeIds) {
    const route = routeOf(id, known.get('route', id)!.feature);
    if (!comesNear(route.geometry, geometry, NEAR_SITE_M)) {
      faults.push({
        path: 'routeIds',
        message: {
          en: `${quoted(id)} comes nowhere within ${NEAR_SITE_M / 1_000} km of the site ${quoted(siteId)}`,
          zh: `线路${cited(id)}距工地${cited(siteId)}超过 ${NEAR_SITE_M / 1_000} km`,
        },
      });
    }
  }
  return faults;
}

/** A truck that a permit names goes to no other company while the permit is good. */
export const truckFaults: Resource['check'] = (truck, before, known, at) => {
  if (!before || before.companyId === truck.companyId) return [];
  const permit = permitInUse(known, at, ({ companyId, truckIds }) => companyId !== truck.companyId && truckIds.includes(truck.id));
  if (!permit) return [];
  const message = {
    en: `${quoted(truck.companyId)} cannot have it while permit ${permit.id} of company ${quoted(permit.companyId)} names it; change or retire that first`,
    zh: `企业${cited(permit.companyId)}的许可 ${permit.id} 还在使用这辆车，不能转给${cited(truck.companyId)}；请先修改或停用该许可`,
  };
  return [{ path: 'companyId', message }];
};

/** A place that a permit names as its site or as a yard stays one while the permit is good. */
export const placeFaults: Resource['check'] = (place, before, known, at) => {
  if (!before || before.kind === place.kind) return [];
  const permit = permitInUse(known, at, ({ siteId, yardIds }) =>
    siteId === place.id ? place.kind !== 'site' : place.kind !== 'yard' && yardIds.includes(place.id),
  );
  if (!permit) return [];
  const message = {
    en: `${quoted(place.kind)} is not what permit ${permit.id} names it as: a ${said(before.kind)}; change or retire that first`,
    zh: `许可 ${permit.id} 把这里用作${kindZh(before.kind)}，不能改为${kindZh(place.kind)}；请先修改或停用该许可`,
  };
  return [{ path: 'properties.kind', message }];
};

/** As rules read it. */
export function permitOf(id: string, data: unknown): Permit {
  const fields = data as Fields;
  const time = (at: string | null) => (at === null ? null : Date.parse(at));
  return { id, ...fields, validFrom: time(fields.validFrom), validTo: time(fields.validTo) };
}

function hoursFaults(hours: Fields['hours']): Fault[] {
  if (hours === null) return [];
  if (hours.length === 0)
    return [
      { path: 'hours', message: { en: 'must not be [], which would be never: null is always', zh: '不能是 []，那样任何时候都不行；任何时候都行请用 null' } },
    ];
  return hours.flatMap(({ from, to }, i) =>
    from === to
      ? [{ path: `hours.${i}.to`, message: { en: `${quoted(to)} is its from too: the window has no length`, zh: `开始与结束都是${cited(to)}，时段没有长度` } }]
      : [],
  );
}

function permitInUse(known: Known, at: number, holds: (permit: PermitResource) => boolean): PermitResource | undefined {
  for (const entity of known.all('permit')) {
    const permit = entity as unknown as PermitResource;
    if (!entity.retired && !isOver(entity, at) && holds(permit)) return permit;
  }
  return undefined;
}

function said(kind: unknown): string {
  return String(kind).replace('-', ' ');
}

const kindZh = (kind: unknown): string => PLACE_KIND_WORDS[kind as PlaceKind].zh;
