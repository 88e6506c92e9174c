import { type RouteFeature, routeFeature } from '@muckwatch/contract';
import type { Route } from '@muckwatch/domain';
import type { Fault } from '../refusal.js';
import { faultsOf } from '../zod-faults.js';
import type { Entity, Parsed } from './entity.js';
import { kept, overKnown, type StoredFeature, unstorable } from './feature.js';
import { cleanedLine, lineFault } from './line-check.js';
import { period } from './period.js';

type StoredRoute = StoredFeature<RouteFeature['geometry'], RouteFeature['properties']>;

/** A feature as it came, over what is known of the route. */
export function parseRoute(raw: Record<string, unknown>, known: Entity | undefined): Parsed {
  const whole = overKnown(raw, known);
  const result = routeFeature.safeParse(whole);
  if (!result.success) return { faults: faultsOf(result.error, whole) };
  const route = result.data.properties;
  const geometry = cleanedLine(result.data.geometry);
  const wrong = lineFault(geometry);
  const faults: Fault[] = unstorable(whole.properties, 'properties');
  if (wrong)
    faults.push({ path: 'geometry', message: { en: `${wrong.en} (route ${route.id ?? route.name})`, zh: `${wrong.zh}（线路 ${route.id ?? route.name}）` } });
  const { validFrom, validTo, faults: wrongTimes } = period(route, 'properties.');
  faults.push(...wrongTimes);
  if (faults.length > 0) return { faults };

  const feature = kept(geometry, { ...route, validFrom, validTo });
  return { id: route.id ?? null, fields: { name: route.name, feature }, secret: null };
}

/** As rules read it. */
export function routeOf(id: string, stored: unknown): Route {
  const { geometry, properties } = stored as StoredRoute;
  return {
    id,
    name: properties.name,
    geometry,
    widthM: properties.widthM ?? null,
    validFrom: properties.validFrom ? Date.parse(properties.validFrom) : null,
    validTo: properties.validTo ? Date.parse(properties.validTo) : null,
  };
}
