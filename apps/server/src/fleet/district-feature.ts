import { type DistrictFeature, districtFeature } from '@muckwatch/contract';
import type { District } from '@muckwatch/domain';
import type { Fault } from '../refusal.js';
import { faultsOf } from '../zod-faults.js';
import type { Entity, Parsed } from './entity.js';
import { kept, overKnown, type StoredFeature, unstorable } from './feature.js';
import { cleaned, geometryFault } from './ring-check.js';

type StoredDistrict = StoredFeature<DistrictFeature['geometry'], DistrictFeature['properties']>;

/** A feature as it came, over what is known of the district. */
export function parseDistrict(raw: Record<string, unknown>, known: Entity | undefined): Parsed {
  const whole = overKnown(raw, known);
  const result = districtFeature.safeParse(whole);
  if (!result.success) return { faults: faultsOf(result.error, whole) };
  const district = result.data.properties;
  const geometry = cleaned(result.data.geometry);
  const wrong = geometryFault(geometry);
  const faults: Fault[] = unstorable(whole.properties, 'properties');
  if (wrong)
    faults.push({
      path: 'geometry',
      message: { en: `${wrong.en} (district ${district.id ?? district.name})`, zh: `${wrong.zh}（区县 ${district.id ?? district.name}）` },
    });
  if (faults.length > 0) return { faults };
  return { id: district.id ?? null, fields: { name: district.name, feature: kept(geometry, district) }, secret: null };
}

export function districtOf({ id, feature }: Entity): District {
  return { id, geometry: (feature as StoredDistrict).geometry };
}
