import type { AlertDetail, SightingResource } from '@muckwatch/contract';
import type { Permit, World } from '@muckwatch/domain';
import type { MultiPolygon, Polygon } from 'geojson';
import type { VersionKind } from '../fleet/registry.store.js';
import type { VersionInForce } from './evidence.store.js';
import type { BaseLine } from '../paper/paper-map.js';
import type { LoggedReport } from './logged-report.js';

export interface Thing {
  kind: VersionKind;
  id: string;
}

/**
 * All that an alert was judged by: its rule's limits, the truck and the terminals that spoke for it, the permits of its haul with their places and routes, the places that
 * it was in or near, and the cameras that saw it.
 */
export function thingsOf(
  alert: Pick<AlertDetail, 'rule' | 'truck' | 'place' | 'haul' | 'company'>,
  { world, at, reports, sightings }: { world: World; at: number; reports: LoggedReport[]; sightings: SightingResource[] },
): Thing[] {
  const permits = permitsOf(alert, world, at);
  const { haul } = alert;
  const ids: [VersionKind, (string | null | undefined)[]][] = [
    ['limits', [alert.rule]],
    ['truck', [alert.truck.id]],
    ['terminal', reports.map(({ source }) => source)],
    ['permit', permits.map(({ id }) => id)],
    ['route', permits.flatMap(({ routeIds }) => routeIds)],
    ['place', [alert.place?.id, haul?.site?.id, haul?.yard?.id, ...permits.flatMap(({ siteId, yardIds }) => [siteId, ...yardIds]), ...passed(world, reports)]],
    ['place', sightings.map(({ place }) => place?.id)],
    ['camera', sightings.map(({ camera }) => camera.id)],
  ];
  const things = new Map<string, Thing>();
  for (const [kind, some] of ids) for (const id of some) if (id) things.set(`${kind} ${id}`, { kind, id });
  return [...things.keys()].sort().map((key) => things.get(key)!);
}

/** Those in force that name the haul's site; where none does, or no site is known, all that the truck had. */
function permitsOf({ truck, company, haul }: Pick<AlertDetail, 'truck' | 'company' | 'haul'>, world: World, at: number): Permit[] {
  if (truck.id === null || company === null) return [];
  const all = [...world.permitsOf({ id: truck.id, companyId: company.id }, at)];
  const ofSite = all.filter(({ siteId }) => siteId === haul?.site?.id);
  return ofSite.length > 0 ? ofSite : all;
}

/** Places that a report lay in. */
function passed(world: World, reports: LoggedReport[]): string[] {
  return reports.flatMap(({ lon, lat }) => world.hits([lon, lat]).within.map(({ id }) => id));
}

/** Places and routes as geometry, with the version that was in force. */
export function placesGeojson(versions: VersionInForce[]): object {
  const features = versions
    .filter(({ kind, data }) => (kind === 'place' || kind === 'route') && data !== null)
    .map(({ kind, id, version, fromAt, data }) => {
      const { geometry, properties } = data as { geometry: object; properties: object };
      return { type: 'Feature', id: `${kind}/${id}`, geometry, properties: { ...properties, id, what: kind, version, inForceFrom: fromAt } };
    });
  return { type: 'FeatureCollection', features };
}

/** Their borders, as the map on paper draws lines. */
export function bordersOf(versions: VersionInForce[]): BaseLine[] {
  return versions
    .filter(({ kind, data }) => kind === 'place' && data !== null)
    .flatMap(({ data }) => {
      const { geometry } = data as { geometry: Polygon | MultiPolygon };
      const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
      return rings.map((points): BaseLine => ({ kind: 'place', main: false, points: points as [number, number][] }));
    });
}
