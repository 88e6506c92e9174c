import { type PlaceFeature, placeFeature } from '@muckwatch/contract';
import type { Place, Point } from '@muckwatch/domain';
import { centerOfMass } from '@turf/turf';
import type { Fault } from '../refusal.js';
import { faultsOf } from '../zod-faults.js';
import type { Entity, Known, Parsed } from './entity.js';
import { kept, overKnown, type StoredFeature, unstorable } from './feature.js';
import { period } from './period.js';
import { cleaned, geometryFault } from './ring-check.js';

type StoredPlace = StoredFeature<PlaceFeature['geometry'], PlaceFeature['properties']>;

/** A feature as it came, over what is known of the place. */
export function parsePlace(raw: Record<string, unknown>, known: Entity | undefined): Parsed {
  const whole = overKnown(raw, known);
  const result = placeFeature.safeParse(whole);
  if (!result.success) return { faults: faultsOf(result.error, whole) };
  const place = result.data.properties;
  const geometry = cleaned(result.data.geometry);
  const wrong = geometryFault(geometry);
  const faults: Fault[] = unstorable(whole.properties, 'properties');
  if (wrong)
    faults.push({ path: 'geometry', message: { en: `${wrong.en} (place ${place.id ?? place.name})`, zh: `${wrong.zh}（场所 ${place.id ?? place.name}）` } });
  const { validFrom, validTo, faults: wrongTimes } = period(place, 'properties.');
  faults.push(...wrongTimes);
  if (faults.length > 0) return { faults };

  const feature = kept(geometry, { ...place, validFrom, validTo });
  return { id: place.id ?? null, fields: { kind: place.kind, name: place.name, feature, districtId: null }, secret: null };
}

/** A place belongs to the district that holds its middle. */
export function inItsDistrict(place: Entity, known: Pick<Known, 'districtAt'>): Entity {
  return { ...place, districtId: known.districtAt(middleOf((place.feature as StoredPlace).geometry)) };
}

export function middleOf(geometry: PlaceFeature['geometry']): Point {
  return centerOfMass(geometry).geometry.coordinates as Point;
}

/** As rules read it. */
export function placeOf(id: string, stored: unknown): Place {
  const { geometry, properties } = stored as StoredPlace;
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
