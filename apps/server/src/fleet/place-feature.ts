import { type PlaceFeature, placeFeature } from '@muckwatch/contract';
import type { Place } from '@muckwatch/domain';
import { type Fault, faultsOf } from '../problem.js';
import type { Entity, Parsed } from './entity.js';
import { cleaned, geometryFault } from './ring-check.js';

/** A place as it is kept: the feature as it came, times in UTC, what is null left out. */
export type StoredFeature = Pick<PlaceFeature, 'type' | 'geometry' | 'properties'> & { id: string };

const DEEPEST = 16;
type Raw = Record<string, unknown>;

/** A feature as it came, over what is known of the place: properties that it leaves out stay, `null` clears one. */
export function parsePlace(raw: Raw, known: Entity | undefined): Parsed {
  const before = known?.feature as StoredFeature | undefined;
  const said = (raw.properties ?? {}) as Raw;
  const properties: Raw = { ...before?.properties, ...said, id: said.id ?? raw.id ?? null };
  delete properties.retired; // ours to say
  const whole = { type: raw.type ?? 'Feature', geometry: raw.geometry ?? before?.geometry, properties };

  const result = placeFeature.safeParse(whole);
  if (!result.success) return { faults: faultsOf(result.error, whole) };
  const place = result.data.properties;
  const geometry = cleaned(result.data.geometry);
  const wrong = geometryFault(geometry);
  const faults: Fault[] = unstorable(properties, 'properties');
  if (wrong) faults.push({ path: 'geometry', message: `${wrong} (place ${place.id ?? place.name})` });
  for (const field of ['validFrom', 'validTo'] as const) if (place[field]) place[field] = new Date(place[field]).toISOString();
  if (place.validFrom && place.validTo && place.validTo <= place.validFrom) {
    faults.push({ path: 'properties.validTo', message: `${place.validTo} is not after validFrom ${place.validFrom}` });
  }
  if (faults.length > 0) return { faults };

  const kept = Object.fromEntries(Object.entries(place).filter(([name, value]) => value !== null && value !== undefined && name !== 'id'));
  // Through JSON, so that what is compared and kept in memory is what the database gives back.
  const feature = JSON.parse(JSON.stringify({ type: 'Feature', geometry, properties: kept })) as unknown;
  return { id: place.id ?? null, fields: { kind: place.kind, name: place.name, feature }, secret: null };
}

/** As HTTP gives it: the id both at the feature and among its properties. */
export function featureOf({ id, feature, retired }: { id: string; feature: unknown; retired: boolean }): PlaceFeature {
  const { type, geometry, properties } = feature as StoredFeature;
  return { type, id, geometry, properties: { ...properties, id, ...(retired ? { retired } : {}) } };
}

/** As rules read it. */
export function placeOf(id: string, stored: unknown): Place {
  const { geometry, properties } = stored as StoredFeature;
  return {
    id,
    kind: properties.kind,
    name: properties.name,
    geometry: geometry,
    hours: properties.hours ?? null,
    validFrom: properties.validFrom ? Date.parse(properties.validFrom) : null,
    validTo: properties.validTo ? Date.parse(properties.validTo) : null,
    limitKmh: properties.limitKmh ?? null,
    curfew: properties.curfew ?? null,
    capacityM3: properties.capacityM3 ?? null,
    managerIds: properties.managerIds ?? [],
  };
}

/** What JSON can say and PostgreSQL cannot keep, or nobody should: U+0000, half a surrogate pair, depth without end. */
export function unstorable(value: unknown, path: string, depth = 0): Fault[] {
  if (typeof value === 'string') return storable(value) ? [] : [{ path, message: 'contains U+0000 or half a character' }];
  if (typeof value !== 'object' || value === null) return [];
  if (depth >= DEEPEST) return [{ path, message: `is nested deeper than ${DEEPEST}` }];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(storable(name) ? [] : [{ path, message: 'has a name that contains U+0000 or half a character' }]),
    ...unstorable(inner, `${path}.${name}`, depth + 1),
  ]);
}

function storable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}
